using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Jobs;

/// <summary>Creates and deletes a Job's pods, so that as many run as it wants.</summary>
internal sealed class JobWorkers(PodFactory factory, OwnWrites<Pod> pods)
{
    private const int MaxChangesAtOnce = 500;

    /// <summary>Returns a wait when a back-off is due, and the first failure.</summary>
    public async Task<(TimeSpan? Wait, Exception? Failure)> ManageAsync(JobSync sync, TimeSpan backoff, CancellationToken cancellationToken)
    {
        var wanted = sync.IsSuspended || JobDecision.IsEnding(sync.Job) ? 0 : Wanted(sync);
        var surplus = Surplus(sync, wanted);
        foreach (var pod in surplus) await DeleteAsync(sync, pod, cancellationToken);
        var occupied = sync.Active.Count + (sync.ReplacesOnlyFailed ? sync.Terminating : 0);
        var missing = Math.Min(wanted - occupied, MaxChangesAtOnce);
        if (missing <= 0 || surplus.Count > 0) return (null, null);
        var perIndex = sync.Job.Spec.BackoffLimitPerIndex is not null;
        if (backoff > TimeSpan.Zero && !perIndex) return (backoff, null);

        TimeSpan? wait = null;
        var indexes = sync.IsIndexed ? FreeIndexes(sync).Where(i => !perIndex || IsDue(i)).Take(missing).ToList() : null;
        var drafts = Enumerable.Range(0, indexes?.Count ?? missing).Select(i => JobPods.Draft(sync, indexes?[i])).ToList();
        var (_, failure) = await SlowStart.RunAsync(drafts.Count, async i =>
        {
            var created = await factory.CreateAsync(drafts[i], sync.Job, cancellationToken);
            lock (sync.Active) sync.Active.Add(created);
        });
        return (wait, failure);

        bool IsDue(int index)
        {
            var left = JobIndexFailures.Wait(sync, index);
            if (left <= TimeSpan.Zero) return true;
            wait = wait < left ? wait : left;
            return false;
        }
    }

    private static int Wanted(JobSync sync)
    {
        var parallelism = sync.Job.Spec.Parallelism ?? 1;
        if (sync.Job.Spec.Completions is { } completions) return Math.Max(0, Math.Min(completions - sync.Succeeded - sync.FailedIndexes.Count, parallelism));
        // A work queue: after the first success no new pods start.
        return sync.Succeeded > 0 ? Math.Min(sync.Active.Count, parallelism) : parallelism;
    }

    /// <summary>Pods beyond the wanted number, and pods of an index that another pod holds or has completed.</summary>
    private static List<Pod> Surplus(JobSync sync, int wanted)
    {
        var surplus = new List<Pod>();
        if (sync.IsIndexed)
        {
            var seen = new HashSet<int>(sync.CompletedIndexes);
            surplus.AddRange(sync.Active.OrderBy(p => p.Metadata.CreationTimestamp?.Value)
                .Where(p => JobIndexes.Of(p) is not { } index || index >= (sync.Job.Spec.Completions ?? 0) || !seen.Add(index)));
        }

        var rest = sync.Active.Except(surplus).ToList();
        if (rest.Count > wanted) surplus.AddRange(rest.Order(new DeletionRank(rest, sync.Now)).Take(rest.Count - wanted));
        return surplus.Take(MaxChangesAtOnce).ToList();
    }

    private static IEnumerable<int> FreeIndexes(JobSync sync)
    {
        var taken = sync.Active.Select(JobIndexes.Of).OfType<int>().Concat(sync.CompletedIndexes).Concat(sync.FailedIndexes).ToHashSet();
        if (sync.ReplacesOnlyFailed) taken.UnionWith(sync.Pods.Where(p => p.IsTerminating()).Select(JobIndexes.Of).OfType<int>());
        return Enumerable.Range(0, sync.Job.Spec.Completions ?? 0).Where(i => !taken.Contains(i));
    }

    /// <summary>A pod that is deleted while it runs is counted when its end is seen.</summary>
    private async Task DeleteAsync(JobSync sync, Pod pod, CancellationToken cancellationToken)
    {
        await pods.DeleteAsync(pod, new DeleteOptions(), cancellationToken);
        sync.Active.Remove(pod);
        sync.Terminating++;
        sync.Events.Add(("Normal", "SuccessfulDelete", $"Deleted pod: {pod.Metadata.Name}"));
    }
}
