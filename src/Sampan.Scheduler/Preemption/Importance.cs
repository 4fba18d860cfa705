using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Preemption;

/// <summary>Which of two pods is spared first: the one of higher priority, then the one that runs longer.</summary>
internal static class Importance
{
    public static void SortMostFirst(List<PodInfo> pods, DateTimeOffset now) => pods.Sort((left, right) =>
        right.Priority.CompareTo(left.Priority) is var order and not 0 ? order : StartOf(left, now).CompareTo(StartOf(right, now)));

    /// <summary>A pod that is not running yet has run least.</summary>
    public static DateTimeOffset StartOf(PodInfo pod, DateTimeOffset now) => pod.Pod.Status.StartTime is { } start ? (DateTimeOffset)start : now;
}
