using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Jobs;

/// <summary>Creates and deletes a Job's pods, so that as many run as it wants.</summary>
internal sealed class JobWorkers(PodFactory factory, JobFinalizers finalizers, JobMetrics metrics)
{
    private const int MaxChangesAtOnce = 500;

    /// <summary>Returns a wait when a back-off is due, and the first failure.</summary>
    public async Task<(TimeSpan? Wait, Exception? Failure)> ManageAsync(JobSync sync, TimeSpan backoff, CancellationToken cancellationToken)
    {
        var wanted = sync.IsSuspended || JobDecision.IsEnding(sync.Job) ? 0 : Wanted(sync);
        var surplus = Surplus(sync, wanted);
        sync.Action = surplus.Count > 0 ? "pods_deleted" : "tracking";
        var refused = await Task.WhenAll(surplus.Select(p => DeleteAsync(sync, p, cancellationToken)));
        if (Array.Find(refused, f => f is not null) is { } refusal) return (null, refusal);
        var occupied = sync.Active.Count + (sync.ReplacesOnlyFailed ? sync.Terminating : 0);
        var missing = Math.Min(wanted - occupied, MaxChangesAtOnce);
        if (missing <= 0 || surplus.Count > 0) return (null, null);
        var perIndex = sync.Job.Spec.BackoffLimitPerIndex is not null;
        if (backoff > TimeSpan.Zero && !perIndex) return (backoff, null);

        TimeSpan? wait = null;
        // The indexes have their turns in order: one that has to wait keeps its place.
        var indexes = sync.IsIndexed ? FreeIndexes(sync).Take(missing).Where(i => !perIndex || IsDue(i)).ToList() : null;
        var drafts = Enumerable.Range(0, indexes?.Count ?? missing).Select(i => JobPods.Draft(sync, indexes?[i])).ToList();
        if (drafts.Count > 0) sync.Action = "pods_created";
        var (_, failure) = await SlowStart.RunAsync(drafts.Count, i => CreateAsync(sync, drafts[i], cancellationToken));
        return (wait, failure);

        bool IsDue(int index)
        {
            var left = JobIndexFailures.Wait(sync, index);
            if (left <= TimeSpan.Zero) return true;
            wait = wait < left ? wait : left;
            return false;
        }
    }

    private async Task CreateAsync(JobSync sync, Pod draft, CancellationToken cancellationToken)
    {
        Pod? created = null;
        try
        {
            created = await factory.TryCreateAsync(draft, sync.Job, cancellationToken);
        }
        finally
        {
            metrics.PodCreated(sync, created is not null);
        }

        if (created is null) return;
        lock (sync.Active) sync.Active.Add(created);
    }

    private static int Wanted(JobSync sync)
    {
        var parallelism = sync.Job.Spec.Parallelism ?? 1;
        if (sync.Job.Spec.Completions is { } completions) return Math.Max(0, Math.Min(completions - sync.Succeeded - sync.FailedIndexes.Count, parallelism));
        // A work queue: after the first success no new pods start, and those that run are left alone.
        return sync.Succeeded > 0 ? sync.Active.Count : parallelism;
    }

    /// <summary>Pods beyond the wanted number, and pods of an index that another pod holds or has completed.</summary>
    private static List<Pod> Surplus(JobSync sync, int wanted)
    {
        var surplus = new List<Pod>();
        if (sync.IsIndexed)
        {
            // Of two pods of one index, the one that is further on stays.
            var seen = new HashSet<int>(sync.CompletedIndexes);
            surplus.AddRange(sync.Active.OrderDescending(new DeletionRank([], sync.Now))
                .Where(p => JobIndexes.Of(p) is not { } index || index >= sync.Completions || !seen.Add(index)));
        }

        var rest = sync.Active.Except(surplus).ToList();
        if (rest.Count > wanted) surplus.AddRange(rest.Order(new DeletionRank(rest, sync.Now)).Take(rest.Count - wanted));
        return surplus.Take(MaxChangesAtOnce).ToList();
    }

    private static IEnumerable<int> FreeIndexes(JobSync sync)
    {
        var taken = sync.Active.Select(JobIndexes.Of).OfType<int>().Concat(sync.CompletedIndexes).Concat(sync.FailedIndexes).ToHashSet();
        if (sync.ReplacesOnlyFailed) taken.UnionWith(sync.Pods.Where(p => p.IsTerminating()).Select(JobIndexes.Of).OfType<int>());
        return Enumerable.Range(0, sync.Completions).Where(i => !taken.Contains(i));
    }

    /// <summary>
    /// A pod that the Job itself has too many of is let go first: its end is nobody's failure. When the Job ends, its pods are let go with
    /// the outcome's record. Returns what went wrong.
    /// </summary>
    private async Task<Exception?> DeleteAsync(JobSync sync, Pod pod, CancellationToken cancellationToken)
    {
        try
        {
            if (!JobDecision.IsEnding(sync.Job)) await finalizers.ReleaseAsync([pod], cancellationToken);
            await factory.DeleteAsync(pod, sync.Job, cancellationToken);
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException)
        {
            return e;
        }

        lock (sync.Active)
        {
            sync.Active.Remove(pod);
            sync.Terminating++;
        }

        return null;
    }
}
