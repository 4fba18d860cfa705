using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Kubelet.Simulated;

/// <summary>Writes the stages of a simulated pod into its status.</summary>
internal static class SimulatedStatus
{
    public static void Running(Pod pod, NodeRoster.Member node, string address, int restarts, bool isReady, Time now)
    {
        var (status, host) = (pod.Status, SimulatedNode.AddressOf(node.Number));
        (status.Phase, status.HostIP, status.HostIPs) = ("Running", host, [new() { Ip = host }]);
        var ip = pod.Spec.HostNetwork ? host : address;
        (status.PodIP, status.PodIPs, status.StartTime) = (ip, [new() { Ip = ip }], status.StartTime ?? now);
        status.InitContainerStatuses = pod.Spec.InitContainers?.ConvertAll(c => Status(c, pod, Terminated(0, now, now), ready: true, 0));
        status.ContainerStatuses = pod.Spec.Containers.ConvertAll(c => Status(c, pod, new() { Running = new() { StartedAt = now } }, isReady, restarts));
        Set(pod, "PodReadyToStartContainers", true, null, now);
        Set(pod, "Initialized", true, null, now);
        SetReady(pod, isReady, now);
    }

    public static void Ready(Pod pod, Time now)
    {
        foreach (var container in pod.Status.ContainerStatuses.OrEmpty()) container.Ready = true;
        SetReady(pod, true, now);
    }

    public static void Waiting(Pod pod, string reason, string message, int restarts, Time now)
    {
        pod.Status.Phase = "Pending";
        pod.Status.StartTime ??= now;
        pod.Status.ContainerStatuses = pod.Spec.Containers.ConvertAll(
            c => Status(c, pod, new() { Waiting = new() { Reason = reason, Message = message } }, ready: false, restarts));
        Set(pod, "Initialized", true, null, now);
        SetReady(pod, false, now);
    }

    public static void Ended(Pod pod, int code, Time now)
    {
        pod.Status.Phase = code == 0 ? "Succeeded" : "Failed";
        foreach (var container in pod.Status.ContainerStatuses.OrEmpty())
        {
            container.State = Terminated(code, container.State.Running?.StartedAt ?? now, now);
            (container.Ready, container.Started) = (false, false);
        }
        SetReady(pod, false, now, code == 0 ? "PodCompleted" : "PodFailed");
    }

    public static void BackingOff(Pod pod, int code, int restarts, Time now)
    {
        foreach (var container in pod.Status.ContainerStatuses.OrEmpty())
        {
            container.LastState = Terminated(code, container.State.Running?.StartedAt ?? now, now);
            container.State = new() { Waiting = new() { Reason = "CrashLoopBackOff", Message = $"back-off restarting failed container={container.Name} pod={pod.Metadata.Name}" } };
            (container.Ready, container.Started, container.RestartCount) = (false, false, restarts);
        }
        SetReady(pod, false, now);
    }

    private static ContainerStatus Status(Container container, Pod pod, ContainerState state, bool ready, int restarts) => new()
    {
        Name = container.Name,
        Image = container.Image ?? "",
        ImageID = state.Waiting is null ? $"simulated://{container.Image}" : "",
        ContainerID = state.Waiting is null ? $"simulated://{pod.Metadata.Uid}/{container.Name}/{restarts}" : null,
        State = state,
        Ready = ready,
        Started = state.Running is not null,
        RestartCount = restarts,
    };

    private static ContainerState Terminated(int code, Time started, Time now) => new()
    {
        Terminated = new() { ExitCode = code, Reason = code == 0 ? "Completed" : "Error", StartedAt = started, FinishedAt = now },
    };

    private static void SetReady(Pod pod, bool isReady, Time now, string? reason = null)
    {
        reason = isReady ? null : reason ?? "ContainersNotReady";
        Set(pod, "Ready", isReady, reason, now);
        Set(pod, "ContainersReady", isReady, reason, now);
    }

    private static void Set(Pod pod, string type, bool value, string? reason, Time now)
    {
        var conditions = pod.Status.Conditions ??= [];
        var text = value ? "True" : "False";
        var known = conditions.Find(c => c.Type == type);
        if (known?.Status == text && known.Reason == reason) return;
        if (known is not null) conditions.Remove(known);
        conditions.Add(new() { Type = type, Status = text, Reason = reason, LastTransitionTime = known?.Status == text ? known.LastTransitionTime : now });
    }
}
