using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Probes;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Status;

/// <summary>The states of a pod's containers, from what the runtime, the probes and the pod's worker know.</summary>
internal sealed class ContainerStatuses(PodView view)
{
    public const string StartingOver = "RestartingAllContainers";
    private const string Lost = "ContainerStatusUnknown";
    private const string RemovedToStartOver = "The container is removed because RestartAllContainers in place";

    private readonly bool _hasInit = view.Pod.Spec.InitContainers.OrEmpty().Count > 0;

    private readonly bool _hasMain = view.Pod.Spec.Containers.Exists(c => view.State.Latest(c.Name) is not null);

    public List<ContainerStatus> OfInit() => [.. view.Pod.Spec.InitContainers.OrEmpty().Select(c => Judged(c, view.Previous.InitContainerStatuses, isInit: true))];

    public List<ContainerStatus> OfMain() =>
        [.. view.Pod.Spec.Containers.Select(c => Judged(c, view.Previous.ContainerStatuses, isInit: false)).OrderBy(s => s.Name, StringComparer.Ordinal)];

    /// <summary>Nobody probes these, and they are never called ready.</summary>
    public List<ContainerStatus> OfEphemeral() =>
        [.. view.Pod.Spec.EphemeralContainers.OrEmpty().Select(c => Of(c.ToContainer(), view.Previous.EphemeralContainerStatuses, isInit: false).Status)];

    private ContainerStatus Judged(Container container, List<ContainerStatus>? previous, bool isInit)
    {
        var (status, instance, before) = Of(container, previous, isInit);
        status.Ready = IsReady(container, status, instance, before, isInit);
        status.Started = instance is not null && status.State.Running is not null && IsStarted(container, instance, before);
        return status;
    }

    private (ContainerStatus Status, Cri.ContainerStatus? Instance, ContainerStatus? Before) Of(Container container, List<ContainerStatus>? previous, bool isInit)
    {
        var before = previous.OrEmpty().FirstOrDefault(s => s.Name == container.Name);
        var instances = view.State.InstancesOf(container.Name).ToList();
        if (instances is [var newest, _, ..] && IsStarting(newest))
        {
            // Until it runs, the one before it is what there is to tell of.
            instances.RemoveAt(0);
        }

        var status = instances.Count == 0 ? Absent(container, before) : Present(container, instances, before);
        if (isInit && instances.Count == 0 && _hasMain && !container.IsSidecar() && !view.StartsOver && status.State.Waiting is not null)
        {
            status.State = new() { Terminated = new() { Reason = "Completed", Message = "Unable to get init container status from container runtime and pod has been initialized, treat it as exited normally" } };
        }
        else
        {
            Wait(container, status);
        }

        AddDetails(container, status);
        return (status, instances.FirstOrDefault(), before);
    }

    /// <summary>Not there yet; or it was there and the runtime lost it.</summary>
    private ContainerStatus Absent(Container container, ContainerStatus? before)
    {
        if (before?.State.Terminated is not null && !StartsOver(container))
        {
            return before.DeepClone();
        }

        var status = new ContainerStatus { Name = container.Name, Image = container.Image ?? "", State = DefaultWaiting() };
        if (before is null)
        {
            return status;
        }

        (status.RestartCount, status.LastState) = (before.RestartCount, before.State.Terminated is null ? before.LastState : before.State);
        if (before.State.Waiting is null && StartsOver(container))
        {
            return Removed(status);
        }

        if (before is { State.Running: not null, LastState.Terminated: null } && !StartsOver(container))
        {
            status.LastState = new() { Terminated = new() { ExitCode = 137, Reason = Lost, Message = "The container could not be located when the pod was deleted.  The container used to be Running" } };
            status.RestartCount += view.Pod.Metadata.DeletionTimestamp is null ? 1 : 0;
            return status;
        }

        (status.ContainerID, status.ImageID) = (before.ContainerID, before.ImageID);
        return status;
    }

    /// <summary>It went for its pod to start over, and counts as started again: that is why it ended, also where it had ended before.</summary>
    private static ContainerStatus Removed(ContainerStatus status)
    {
        status.RestartCount++;
        status.State = new() { Waiting = new() { Reason = StartingOver, Message = RemovedToStartOver } };
        status.LastState = new() { Terminated = new() { ExitCode = 137, Reason = StartingOver, Message = RemovedToStartOver } };
        return status;
    }

    /// <summary>Of a container that is not there: while others have to go still, and until it is made anew.</summary>
    private bool StartsOver(Container container) => view.StartsOver || (!view.IsTerminal && PodRestart.StartsOver(view.Pod, view.State, container.Name));

    private ContainerStatus Present(Container container, List<Cri.ContainerStatus> instances, ContainerStatus? before)
    {
        var current = instances[0];
        var restarts = RestartCount(current);
        var status = new ContainerStatus
        {
            Name = container.Name,
            Image = current.Image?.Image is { Length: > 0 } image && !image.StartsWith("sha256:", StringComparison.Ordinal) ? image : container.Image ?? "",
            ImageID = current.ImageRef,
            ContainerID = view.Node.ContainerId(current.Id),
            RestartCount = restarts,
            State = StateOf(current),
            User = UserOf(current),
        };
        if (instances.Skip(1).FirstOrDefault(i => i.State == Cri.ContainerState.ContainerExited) is { } last)
        {
            status.LastState = StateOf(last);
        }
        else if (before is not null && before.RestartCount <= restarts && EndBefore(before, status.ContainerID) is { Terminated: not null } end)
        {
            status.LastState = end;
        }

        return status;
    }

    /// <summary>How the instance before this one ended, when the runtime has it no more.</summary>
    private static ContainerState EndBefore(ContainerStatus before, string? current) =>
        before.ContainerID != current && before.State.Terminated is not null ? before.State : before.LastState;

    /// <summary>A container that ended and waits for its next start shows why it waits; how it ended becomes the last state.</summary>
    private void Wait(Container container, ContainerStatus status)
    {
        if (status.State.Running is not null || view.IsTerminal || !view.Waiting.TryGetValue(container.Name, out var waiting))
        {
            return;
        }

        if (status.State.Terminated is not null)
        {
            status.LastState = status.State;
        }

        status.State = new() { Waiting = new() { Reason = waiting.Reason, Message = waiting.Message.Length > 0 ? waiting.Message : null } };
    }

    /// <summary>It is only made so far, or its postStart hook has not ended.</summary>
    private bool IsStarting(Cri.ContainerStatus instance) => instance.State switch
    {
        Cri.ContainerState.ContainerCreated => true,
        Cri.ContainerState.ContainerRunning => view.InPostStart.Contains(instance.Id),
        _ => false,
    };

    private ContainerState StateOf(Cri.ContainerStatus instance) => instance.State switch
    {
        Cri.ContainerState.ContainerRunning when !IsStarting(instance) => new() { Running = new() { StartedAt = At(instance.StartedAt) } },
        Cri.ContainerState.ContainerExited => new() { Terminated = Terminated(instance) },
        _ => DefaultWaiting(),
    };

    private ContainerStateTerminated Terminated(Cri.ContainerStatus instance) => new()
    {
        ExitCode = instance.ExitCode,
        Reason = instance.Reason is { Length: > 0 } reason ? reason : instance.ExitCode == 0 ? "Completed" : "Error",
        Message = view.TerminationMessage(instance) is { Length: > 0 } message ? message : null,
        StartedAt = At(instance.StartedAt),
        FinishedAt = At(instance.FinishedAt),
        ContainerID = view.Node.ContainerId(instance.Id),
    };

    /// <summary>As whom its first process runs, where the runtime says it.</summary>
    private static ContainerUser? UserOf(Cri.ContainerStatus instance) => instance.User?.Linux is { } user
        ? new() { Linux = new() { Uid = user.Uid, Gid = user.Gid, SupplementalGroups = user.SupplementalGroups.Count > 0 ? [.. user.SupplementalGroups] : null } }
        : null;

    private ContainerState DefaultWaiting() => new() { Waiting = new() { Reason = _hasInit ? "PodInitializing" : "ContainerCreating" } };

    private bool IsReady(Container container, ContainerStatus status, Cri.ContainerStatus? instance, ContainerStatus? before, bool isInit)
    {
        if (isInit && !container.IsSidecar())
        {
            return status.State.Terminated is { ExitCode: 0 };
        }

        return instance is not null
            && status.State.Running is not null
            && IsStarted(container, instance, before)
            && (container.ReadinessProbe is null || Stands(view.Probes.Readiness(instance.Id), instance, before, before?.Ready));
    }

    private bool IsStarted(Container container, Cri.ContainerStatus instance, ContainerStatus? before) =>
        container.StartupProbe is null || Stands(view.Probes.Startup(instance.Id), instance, before, before?.Started);

    /// <summary>A kubelet that was restarted goes by what was known of the same instance, until the probe has spoken again.</summary>
    private bool Stands(ProbeResult result, Cri.ContainerStatus instance, ContainerStatus? before, bool? known) => result switch
    {
        ProbeResult.Success => true,
        ProbeResult.Failure => false,
        _ => known == true && before?.ContainerID == view.Node.ContainerId(instance.Id),
    };

    private void AddDetails(Container container, ContainerStatus status)
    {
        if (status.ContainerID is not null)
        {
            status.AllocatedResources = container.Resources.Requests is { Count: > 0 } requests ? requests : null;
            status.Resources = status.State.Running is not null && view.Actuated(container.Name) is { } told
                ? told.ToStatus()
                : new() { Limits = container.Resources.Limits, Requests = container.Resources.Requests };
        }

        status.AllocatedResourcesStatus = view.DeviceHealth(container).ToList() is { Count: > 0 } health ? health : null;
        status.VolumeMounts = container.VolumeMounts is { Count: > 0 } mounts
            ? [.. mounts.Select(m => new VolumeMountStatus { Name = m.Name, MountPath = m.MountPath, ReadOnly = m.ReadOnly, RecursiveReadOnly = RecursiveReadOnly(m) })]
            : null;
    }

    private string? RecursiveReadOnly(VolumeMount mount) =>
        !mount.ReadOnly ? null
        : mount.RecursiveReadOnly is "IfPossible" or "Enabled" && view.Node.CanRecursiveReadOnly(view.Pod) ? "Enabled"
        : "Disabled";

    private static int RestartCount(Cri.ContainerStatus instance) =>
        instance.Annotations.TryGetValue(RuntimeLabels.RestartCount, out var text) && int.TryParse(text, out var count) ? count : (int)instance.Metadata.Attempt;

    private static Time? At(long nanoseconds) => nanoseconds == 0 ? null : DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100);
}
