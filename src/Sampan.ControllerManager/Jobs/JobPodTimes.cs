using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Jobs;

/// <summary>When a pod ended, from the best witness there is.</summary>
internal static class JobPodTimes
{
    /// <summary>The last container's end; else when the pod was no longer ready, was asked to go, or was made.</summary>
    public static DateTimeOffset EndOf(Pod pod, DateTimeOffset now)
    {
        var ends = pod.Status.ContainerStatuses.OrEmpty().Select(c => c.State.Terminated?.FinishedAt?.Value).ToList();
        if (ends.Count > 0 && ends.TrueForAll(e => e is not null)) return ends.Max()!.Value;
        if (pod.Condition("Ready") is { Status: "False", LastTransitionTime: { } unready }) return unready.Value;
        if (pod.Metadata.DeletionTimestamp is { } deadline) return deadline.Value.AddSeconds(-(pod.Metadata.DeletionGracePeriodSeconds ?? 0));
        return pod.Metadata.CreationTimestamp?.Value ?? now;
    }
}
