using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Jobs;

/// <summary>
/// Failures of one index, for Jobs with a back-off limit per index. A pod carries how often its index failed before it; so the last
/// failed pod of an index keeps its finalizer until its replacement carries the count on.
/// </summary>
internal static class JobIndexFailures
{
    private const string FailuresAnnotation = "batch.kubernetes.io/job-index-failure-count";
    private const string IgnoredAnnotation = "batch.kubernetes.io/job-index-ignored-failure-count";

    /// <summary>Indexes that failed for good, and failed pods whose count is still needed.</summary>
    public static void Track(JobSync sync)
    {
        if (sync.Job.Spec.BackoffLimitPerIndex is not { } limit) return;
        foreach (var pod in sync.Pods.Where(p => JobTracking.HasFailed(sync, p)))
        {
            if (!JobTracking.HasIndex(sync, pod) || JobIndexes.Of(pod) is not { } index || sync.CompletedIndexes.Contains(index)) continue;
            var verdict = JobFailurePolicy.Judge(sync.Job, pod);
            if (!verdict.IsIgnored && (verdict.FailsIndex || Number(pod, FailuresAnnotation) >= limit)) sync.FailedIndexes.Add(index);
            if (!sync.LastFailed.TryGetValue(index, out var last) || Total(pod) > Total(last)) sync.LastFailed[index] = pod;
        }

        if (JobDecision.IsEnding(sync.Job)) return;
        var replaced = sync.Pods.Where(p => !JobTracking.HasFailed(sync, p)).Select(p => JobIndexes.Of(p)).OfType<int>().ToHashSet();
        foreach (var (index, pod) in sync.LastFailed)
            if (!replaced.Contains(index) && !sync.CompletedIndexes.Contains(index) && !sync.FailedIndexes.Contains(index)) sync.Counted.Remove(pod);
    }

    /// <summary>How long the index must wait after its last failure: 10 s, doubling to 10 min.</summary>
    public static TimeSpan Wait(JobSync sync, int index)
    {
        if (!sync.LastFailed.TryGetValue(index, out var last)) return TimeSpan.Zero;
        var failures = Number(last, FailuresAnnotation) + (JobFailurePolicy.Judge(sync.Job, last).IsIgnored ? 0 : 1);
        return failures == 0 ? TimeSpan.Zero : JobPodTimes.EndOf(last, sync.Now) + JobBackoff.PauseAfter(failures) - sync.Now;
    }

    /// <summary>Notes on a new pod how often its index has failed.</summary>
    public static void Mark(Pod pod, JobSync sync, int index)
    {
        if (sync.Job.Spec.BackoffLimitPerIndex is null) return;
        var (failures, ignored) = (0, 0);
        if (sync.LastFailed.TryGetValue(index, out var last))
        {
            (failures, ignored) = (Number(last, FailuresAnnotation), Number(last, IgnoredAnnotation));
            if (JobFailurePolicy.Judge(sync.Job, last).IsIgnored) ignored++;
            else failures++;
        }

        var annotations = pod.Metadata.Annotations ??= [];
        annotations[FailuresAnnotation] = $"{failures}";
        if (ignored > 0) annotations[IgnoredAnnotation] = $"{ignored}";
    }

    private static int Total(Pod pod) => Number(pod, FailuresAnnotation) + Number(pod, IgnoredAnnotation);

    private static int Number(Pod pod, string annotation) =>
        pod.Metadata.Annotations?.GetValueOrDefault(annotation) is { } text && int.TryParse(text, out var number) ? number : 0;
}
