using Sampan.Api.Batch.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Selectors;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Jobs;

/// <summary>
/// Runs pods until enough of them succeeded. Every pod is counted exactly once, whatever crashes: it carries a finalizer until its
/// end is in the Job's status. Upstream: pkg/controller/job.
/// <code>
///   pod ends ──▶ uid into status.uncountedTerminatedPods ──▶ finalizer off the pod ──▶ uid out, counter up
/// </code>
/// </summary>
internal sealed class JobController : Controller
{
    private const string ManagerName = "kubernetes.io/job-controller";
    private readonly Informer<Job> _jobs;
    private readonly Informer<Pod> _pods;
    private readonly OwnWrites<Job> _jobWrites;
    private readonly Adoption<Job, Pod> _adoption;
    private readonly JobFinalizers _finalizers;
    private readonly JobWorkers _workers;
    private readonly JobMetrics _metrics;
    private readonly JobBackoff _backoff = new();

    public JobController(ControllerContext context)
        : base("job-controller", context)
    {
        _metrics = new JobMetrics(context.Metrics);
        _jobs = Watch(context.Informers.For<Job>(), OnJob);
        _pods = Watch<Pod>(KeysOf);
        Watch(_pods, _metrics.PodChanged);
        ControllerIndex.AddTo(_pods);
        _jobWrites = Writes(_jobs);
        var podWrites = Writes(_pods);
        _adoption = new(Direct(_jobs), podWrites, JobFinalizers.Name);
        _finalizers = new JobFinalizers(podWrites);
        _workers = new JobWorkers(new PodFactory(podWrites, Events), _finalizers, _metrics);
        CountStaleSyncs("job_controller", "Job");
    }

    /// <summary>The controller outside that looks after the Job instead of this one.</summary>
    public static string? OtherManagerOf(Job job) => job.Spec.ManagedBy is null or ManagerName ? null : job.Spec.ManagedBy;

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_jobs.Get(key) is not { } cached)
        {
            await _finalizers.ReleaseAsync(PodsWithoutJob(key), cancellationToken);
            return ReconcileResult.Done;
        }

        if (OtherManagerOf(cached) is not null) return ReconcileResult.Done;
        var claimed = await _adoption.ClaimAsync(
            cached, Selector.From(cached.Spec.Selector), ControllerIndex.Candidates(_pods, cached).ToList(), cancellationToken);
        if (JobConditions.IsFinished(cached))
        {
            await _finalizers.ReleaseAsync(claimed, cancellationToken);
            return ReconcileResult.Done;
        }

        var sync = new JobSync(cached.DeepClone(), claimed, Time.GetUtcNow());
        var (began, success) = (Time.GetTimestamp(), false);
        try
        {
            var result = await SyncAsync(cached, sync, cancellationToken);
            success = true;
            return result;
        }
        finally
        {
            _metrics.Synced(sync, success, Time.GetElapsedTime(began));
        }
    }

    private async Task<ReconcileResult> SyncAsync(Job cached, JobSync sync, CancellationToken cancellationToken)
    {
        JobTracking.Count(sync);
        _backoff.Note(sync);
        JobDecision.Start(sync);
        JobDecision.Judge(sync);
        var (wait, failure) = sync.Job.Metadata.DeletionTimestamp is null
            ? await _workers.ManageAsync(sync, _backoff.Wait(sync), cancellationToken) : (null, null);
        if (sync.Job.Metadata.DeletionTimestamp is null) JobDecision.NoteSuspension(sync);
        JobTracking.Conclude(sync);
        JobDecision.Finish(sync);
        JobTracking.Report(sync);
        await WriteStatusAsync(cached, sync, cancellationToken);
        await _finalizers.ReleaseAsync(sync.Counted, cancellationToken);
        if (failure is not null) throw failure;
        return new ReconcileResult(wait).Or(new ReconcileResult(JobDecision.UntilDeadline(sync)));
    }

    private async Task WriteStatusAsync(Job cached, JobSync sync, CancellationToken cancellationToken)
    {
        if (sync.Job.Status.DeepEquals(cached.Status)) return;
        await _jobWrites.UpdateStatusAsync(sync.Job, cancellationToken);
        _metrics.Written(cached, sync);
        foreach (var (type, reason, message) in sync.Events) Events.Event(cached, type, reason, message);
    }

    /// <summary>The pods that a deleted Job left behind must not be held by its finalizer.</summary>
    private IEnumerable<Pod> PodsWithoutJob(ObjectKey key) => _pods.List(key.Namespace)
        .Where(p => p.Metadata.ControllerKey("Job", "batch").Contains(key));

    /// <summary>A pod wakes its Job; an orphan wakes all that might adopt it.</summary>
    private IEnumerable<ObjectKey> KeysOf(Pod pod)
    {
        if (pod.Metadata.Controller() is not null) return pod.Metadata.ControllerKey("Job", "batch");
        return pod.Metadata.DeletionTimestamp is not null
            ? []
            : _jobs.List(pod.Metadata.Namespace).Where(j => Selector.From(j.Spec.Selector).Matches(pod.Metadata.Labels)).Select(KeyOf);
    }

    private void OnJob(Job? old, Job? current)
    {
        if (current is null) _backoff.Forget(old!.Metadata.Uid);
        else if (old is null) _metrics.JobAdded(current);
        Queue.Add(KeyOf((current ?? old)!));
    }
}
