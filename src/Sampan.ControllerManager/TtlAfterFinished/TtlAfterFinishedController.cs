using Sampan.Api.Batch.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client.Metrics;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.TtlAfterFinished;

/// <summary>Deletes finished Jobs once their time to live has passed. Upstream: pkg/controller/ttlafterfinished.</summary>
internal sealed class TtlAfterFinishedController : Controller
{
    private readonly Informer<Job> _jobs;
    private readonly OwnWrites<Job> _writes;
    private readonly HistogramValue _lateness;

    public TtlAfterFinishedController(ControllerContext context)
        : base("ttl-after-finished-controller", context)
    {
        _jobs = Watch<Job>(j => j.Spec.TtlSecondsAfterFinished is null || FinishedAt(j) is null ? [] : [KeyOf(j)]);
        _writes = Writes(_jobs);
        _lateness = context.Metrics.Histogram(
            "ttl_after_finished_controller_job_deletion_duration_seconds", "The time it took to delete the job since it became eligible for deletion", Buckets.From(0.1, 2, 14)).With();
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_jobs.Get(key) is not { Metadata.DeletionTimestamp: null } job || TimeLeft(job) is not { } left) return ReconcileResult.Done;
        if (left > TimeSpan.Zero) return ReconcileResult.RequeueAfter(left);

        // The cache may not know yet that the time to live was raised.
        var fresh = await Direct(_jobs).FindAsync(key.Namespace, key.Name, cancellationToken);
        if (fresh is null || fresh.Metadata.Uid != job.Metadata.Uid || TimeLeft(fresh) is not { } leftNow) return ReconcileResult.Done;
        if (leftNow > TimeSpan.Zero) return ReconcileResult.RequeueAfter(leftNow);
        // A time to live that is raised at this moment counts.
        var options = new DeleteOptions { PropagationPolicy = "Foreground", Preconditions = new() { ResourceVersion = fresh.Metadata.ResourceVersion } };
        await _writes.DeleteAsync(fresh, options, cancellationToken);
        _lateness.Observe(-leftNow.TotalSeconds);
        return ReconcileResult.Done;
    }

    private TimeSpan? TimeLeft(Job job) => job.Spec.TtlSecondsAfterFinished is { } ttl && FinishedAt(job) is { } at
        ? at.Value.AddSeconds(ttl) - Time.GetUtcNow()
        : null;

    private static Time? FinishedAt(Job job) =>
        job.Status.Conditions?.Find(c => c.Type is "Complete" or "Failed" && c.Status == "True")?.LastTransitionTime;
}
