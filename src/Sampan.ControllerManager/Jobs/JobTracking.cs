using Sampan.Api.Batch.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Jobs;

/// <summary>Counts pods that ended, each once.</summary>
internal static class JobTracking
{
    private const int MaxPerSync = 500;

    public static void Count(JobSync sync)
    {
        var status = sync.Job.Status;
        var uncounted = status.UncountedTerminatedPods ??= new UncountedTerminatedPods();
        sync.CompletedIndexes.UnionWith(JobIndexes.Parse(status.CompletedIndexes, sync.Completions));
        sync.FailedIndexes.UnionWith(JobIndexes.Parse(status.FailedIndexes, sync.Completions));
        Settle(sync, uncounted);
        foreach (var pod in sync.Pods.Where(JobFinalizers.Holds))
        {
            if (sync.Counted.Count >= MaxPerSync) break;
            if (pod.Status.Phase == "Succeeded") CountSuccess(sync, uncounted, pod);
            else if (HasFailed(sync, pod)) CountFailure(sync, uncounted, pod);
            else if (sync.Job.Metadata.DeletionTimestamp is not null) sync.Counted.Add(pod);
        }

        JobIndexFailures.Track(sync);
        sync.Succeeded = sync.IsIndexed ? sync.CompletedIndexes.Count : status.Succeeded + uncounted.Succeeded.OrEmpty().Count;
        sync.Failed = status.Failed + uncounted.Failed.OrEmpty().Count;
    }

    /// <summary>
    /// Once the outcome is known, no pod is held any longer. One that is stopped by a failure counts as failed itself; one that the
    /// success made needless counts nowhere.
    /// </summary>
    public static void Conclude(JobSync sync)
    {
        if (!JobDecision.IsEnding(sync.Job)) return;
        var fails = JobConditions.IsTrue(sync.Job, JobConditions.FailureTarget);
        foreach (var pod in sync.Pods.Where(JobFinalizers.Holds).Except(sync.Active).Except(sync.Counted).ToList())
        {
            if (sync.Counted.Count >= MaxPerSync) break;
            if (fails) CountFailure(sync, sync.Job.Status.UncountedTerminatedPods!, pod);
            else sync.Counted.Add(pod);
        }
    }

    /// <summary>Writes the numbers into the status.</summary>
    public static void Report(JobSync sync)
    {
        var status = sync.Job.Status;
        status.Active = sync.Active.Count;
        status.Ready = sync.Active.Count(p => p.IsReady());
        status.Terminating = sync.Terminating;
        if (sync.IsIndexed)
        {
            status.CompletedIndexes = JobIndexes.Format(sync.CompletedIndexes);
            status.Succeeded = sync.CompletedIndexes.Count;
            if (sync.Job.Spec.BackoffLimitPerIndex is not null) status.FailedIndexes = JobIndexes.Format(sync.FailedIndexes) ?? "";
        }

        if (status.UncountedTerminatedPods is { } uncounted)
        {
            if (uncounted.Succeeded is { Count: 0 }) uncounted.Succeeded = null;
            if (uncounted.Failed is { Count: 0 }) uncounted.Failed = null;
        }
    }

    /// <summary>A pod that is being deleted is as good as failed, unless its Job waits for its end, or ends it because it succeeded.</summary>
    public static bool HasFailed(JobSync sync, Pod pod) =>
        pod.Status.Phase == "Failed" || (pod.IsTerminating() && !sync.ReplacesOnlyFailed && !JobConditions.IsTrue(sync.Job, JobConditions.SuccessCriteriaMet));

    /// <summary>Uids whose pod has lost its finalizer move into the counters.</summary>
    private static void Settle(JobSync sync, UncountedTerminatedPods uncounted)
    {
        var held = sync.Pods.Where(JobFinalizers.Holds).Select(p => p.Metadata.Uid).ToHashSet();
        var succeeded = uncounted.Succeeded?.RemoveAll(uid => !held.Contains(uid)) ?? 0;
        if (!sync.IsIndexed) sync.Job.Status.Succeeded += succeeded;
        sync.Job.Status.Failed += uncounted.Failed?.RemoveAll(uid => !held.Contains(uid)) ?? 0;
    }

    private static void CountSuccess(JobSync sync, UncountedTerminatedPods uncounted, Pod pod)
    {
        sync.Counted.Add(pod);
        // It was on its way out and counted as a failure before it came to a good end.
        if (uncounted.Failed?.Contains(pod.Metadata.Uid) == true) return;
        if (sync.IsIndexed)
        {
            if (HasIndex(sync, pod) && sync.CompletedIndexes.Add(JobIndexes.Of(pod)!.Value)) sync.NewlySucceeded.Add(pod);
            return;
        }

        if (uncounted.Succeeded?.Contains(pod.Metadata.Uid) == true) return;
        (uncounted.Succeeded ??= []).Add(pod.Metadata.Uid);
        sync.NewlySucceeded.Add(pod);
    }

    private static void CountFailure(JobSync sync, UncountedTerminatedPods uncounted, Pod pod)
    {
        sync.Counted.Add(pod);
        if (uncounted.Failed?.Contains(pod.Metadata.Uid) == true || (sync.IsIndexed && !HasIndex(sync, pod))) return;
        var verdict = JobFailurePolicy.Judge(sync.Job, pod);
        if (verdict.Action is { } action) sync.Handled.Add(action);
        if (verdict.FailsJob) sync.PolicyFailure ??= verdict.Message;
        if (verdict.IsIgnored) return;
        (uncounted.Failed ??= []).Add(pod.Metadata.Uid);
        sync.NewlyFailed.Add(pod);
    }

    public static bool HasIndex(JobSync sync, Pod pod) => JobIndexes.Of(pod) is { } index && index < sync.Completions;
}
