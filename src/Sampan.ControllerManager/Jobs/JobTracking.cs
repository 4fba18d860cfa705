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
        foreach (var pod in sync.Pods.Where(p => p.Metadata.Finalizers?.Contains(JobFinalizers.Name) == true))
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

    public static bool HasFailed(JobSync sync, Pod pod) =>
        pod.Status.Phase == "Failed" || (pod.Status.Phase != "Succeeded" && pod.Metadata.DeletionTimestamp is not null && !sync.ReplacesOnlyFailed);

    /// <summary>Uids whose pod has lost its finalizer move into the counters.</summary>
    private static void Settle(JobSync sync, UncountedTerminatedPods uncounted)
    {
        var held = sync.Pods.Where(p => p.Metadata.Finalizers?.Contains(JobFinalizers.Name) == true).Select(p => p.Metadata.Uid).ToHashSet();
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

    private static bool HasIndex(JobSync sync, Pod pod) => JobIndexes.Of(pod) is { } index && index < sync.Completions;
}
