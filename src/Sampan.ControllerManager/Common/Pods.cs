using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Common;

/// <summary>Questions that many controllers ask about a pod.</summary>
internal static class Pods
{
    public static bool IsTerminal(this Pod pod) => pod.Status.Phase is "Succeeded" or "Failed";

    /// <summary>Neither finished nor being deleted.</summary>
    public static bool IsActive(this Pod pod) => !pod.IsTerminal() && pod.Metadata.DeletionTimestamp is null;

    /// <summary>Being deleted, with containers that may still run.</summary>
    public static bool IsTerminating(this Pod pod) => !pod.IsTerminal() && pod.Metadata.DeletionTimestamp is not null;

    /// <summary>True for a pod that nobody has to end: the API server removes it at once.</summary>
    public static bool IsGoneOnceDeleted(this Pod pod) =>
        pod.Metadata.Finalizers is not { Count: > 0 } && (string.IsNullOrEmpty(pod.Spec.NodeName) || pod.Spec.TerminationGracePeriodSeconds == 0);

    public static PodCondition? Condition(this Pod pod, string type) => pod.Status.Conditions?.Find(c => c.Type == type);

    public static bool IsReady(this Pod pod) => pod.Condition("Ready")?.Status == "True";

    /// <summary>Ready for at least the given time.</summary>
    public static bool IsAvailable(this Pod pod, int minReadySeconds, DateTimeOffset now)
    {
        if (pod.Condition("Ready") is not { Status: "True" } ready) return false;
        if (minReadySeconds == 0) return true;
        return ready.LastTransitionTime is { } since && since.Value.AddSeconds(minReadySeconds) <= now;
    }

    /// <summary>How long until the next ready pod becomes available; null when none is on the way.</summary>
    public static TimeSpan? NextAvailable(IEnumerable<Pod> pods, int minReadySeconds, DateTimeOffset now)
    {
        TimeSpan? next = null;
        foreach (var pod in pods)
        {
            if (pod.Condition("Ready") is not { Status: "True", LastTransitionTime: { } since }) continue;
            var wait = since.Value.AddSeconds(minReadySeconds) - now;
            if (wait > TimeSpan.Zero && (next is null || wait < next)) next = wait;
        }

        return next;
    }

    public static int Restarts(this Pod pod) => pod.Status.ContainerStatuses.OrEmpty().Select(c => c.RestartCount).DefaultIfEmpty().Max();

    /// <summary>Of init containers that run beside the others for the pod's whole life.</summary>
    public static int SidecarRestarts(this Pod pod)
    {
        if (pod.Status.InitContainerStatuses is not { Count: > 0 } statuses) return 0;
        var sidecars = pod.Spec.InitContainers.OrEmpty().Where(c => c.RestartPolicy == "Always").Select(c => c.Name).ToHashSet();
        return statuses.Where(s => sidecars.Contains(s.Name)).Select(c => c.RestartCount).DefaultIfEmpty().Max();
    }
}
