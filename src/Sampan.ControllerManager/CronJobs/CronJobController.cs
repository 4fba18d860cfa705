using Sampan.Api.Batch.V1;
using Sampan.Api.Core.V1;
using Sampan.Client.Events;
using Sampan.Client.Metrics;
using Sampan.ControllerManager.Common;
using Sampan.ControllerManager.Jobs;

namespace Sampan.ControllerManager.CronJobs;

/// <summary>
/// Starts a Job whenever a CronJob's schedule comes due. The Job's name holds its scheduled minute, so that no crash or stale cache
/// starts it twice. Upstream: pkg/controller/cronjob.
/// </summary>
internal sealed class CronJobController : Controller
{
    /// <summary>Wakes a little late rather than a little early.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);
    private readonly Informer<CronJob> _cronJobs;
    private readonly Informer<Job> _jobs;
    private readonly OwnWrites<CronJob> _writes;
    private readonly OwnWrites<Job> _jobWrites;
    private readonly ResourceClient<Job> _jobClient;
    private readonly CronHistory _history;
    private readonly HistogramValue _skew;

    public CronJobController(ControllerContext context)
        : base("cronjob-controller", context)
    {
        _cronJobs = Watch(context.Informers.For<CronJob>(), OnCronJob);
        _jobs = Watch<Job>(j => j.Metadata.ControllerKey("CronJob", "batch"));
        ControllerIndex.AddTo(_jobs);
        _writes = Writes(_cronJobs);
        _jobWrites = Writes(_jobs);
        _jobClient = Direct(_jobs);
        _history = new CronHistory(_jobWrites, Events);
        _skew = context.Metrics.Histogram(
            "cronjob_controller_job_creation_skew_duration_seconds",
            "Time between when a cronjob is scheduled to be run, and when the corresponding job is created",
            Buckets.From(1, 2, 10)).With();
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_cronJobs.Get(key) is not { } cached) return ReconcileResult.Done;
        var cronJob = cached.DeepClone();
        var jobs = ControllerIndex.OwnedBy(_jobs, cached).ToList();
        try
        {
            await ActiveJobs.UpdateAsync(cronJob, jobs, _jobClient, Events, cancellationToken);
            var result = cronJob.Metadata.DeletionTimestamp is null ? await StartDueAsync(cronJob, jobs, cancellationToken) : ReconcileResult.Done;
            await _history.TrimAsync(cronJob, jobs, cancellationToken);
            return result;
        }
        finally
        {
            // What was seen and started is kept also when a later step failed.
            if (!cronJob.Status.DeepEquals(cached.Status)) await _writes.UpdateStatusAsync(cronJob, cancellationToken);
        }
    }

    private async Task<ReconcileResult> StartDueAsync(CronJob cronJob, List<Job> jobs, CancellationToken cancellationToken)
    {
        if (cronJob.Spec.Suspend == true || ScheduleOf(cronJob) is not { } schedule) return ReconcileResult.Done;
        var now = Time.GetUtcNow();
        var next = schedule.Next(now) is { } time ? ReconcileResult.RequeueAfter(time - now + Delay) : ReconcileResult.Done;
        var (latest, tooMany) = MissedStarts.Of(cronJob, schedule, now);
        if (tooMany)
            Events.Event(cronJob, "Warning", "TooManyMissedTimes", "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew");
        if (latest is not { } due || !MayStart(cronJob, due, now)) return next;
        if (cronJob.Spec.ConcurrencyPolicy == "Replace") await StopActiveAsync(cronJob, jobs, cancellationToken);
        await StartAsync(cronJob, due, cancellationToken);
        return next;
    }

    private bool MayStart(CronJob cronJob, DateTimeOffset due, DateTimeOffset now)
    {
        if (cronJob.Spec.StartingDeadlineSeconds is { } deadline && due.AddSeconds(deadline) < now)
        {
            Events.Event(cronJob, "Warning", "MissSchedule", $"Missed scheduled time to start a job: {due.UtcDateTime:ddd, dd MMM yyyy HH:mm:ss} +0000");
            return false;
        }

        var active = cronJob.Status.Active.OrEmpty();
        if (active.Any(a => a.Name == CronJobTemplates.NameOf(cronJob, due)) || cronJob.Status.LastScheduleTime?.Value == due) return false;
        if (cronJob.Spec.ConcurrencyPolicy != "Forbid" || active.Count == 0) return true;
        Events.Event(cronJob, "Normal", "JobAlreadyActive", "Not starting job because prior execution is running and concurrency policy is Forbid");
        return false;
    }

    private async Task StopActiveAsync(CronJob cronJob, List<Job> jobs, CancellationToken cancellationToken)
    {
        foreach (var reference in cronJob.Status.Active.OrEmpty().ToList())
        {
            if (jobs.Find(j => j.Metadata.Uid == reference.Uid) is { } job) await _history.DeleteAsync(cronJob, job, cancellationToken);
        }
    }

    private async Task StartAsync(CronJob cronJob, DateTimeOffset due, CancellationToken cancellationToken)
    {
        Job job;
        try
        {
            job = await _jobWrites.CreateAsync(CronJobTemplates.JobOf(cronJob, due), cancellationToken);
            _skew.Observe((Time.GetUtcNow() - due).TotalSeconds);
            Events.Event(cronJob, "Normal", "SuccessfulCreate", $"Created job {job.Metadata.Name}");
        }
        catch (StatusException e) when (e.HasCause("NamespaceTerminating"))
        {
            return;
        }
        catch (StatusException e) when (e.IsAlreadyExists)
        {
            // Made by an earlier run whose status write was lost; or somebody else's, which is not ours to count.
            job = await _jobClient.GetAsync(cronJob.Metadata.Namespace, CronJobTemplates.NameOf(cronJob, due), cancellationToken);
            if (!job.Metadata.IsControlledBy(cronJob))
            {
                SayFailed(cronJob, e);
                return;
            }
        }
        catch (StatusException e)
        {
            SayFailed(cronJob, e);
            throw;
        }

        if (!JobConditions.IsFinished(job)) (cronJob.Status.Active ??= []).Add(EventRecorder.Reference(job));
        cronJob.Status.LastScheduleTime = due;
    }

    private void SayOldForm(CronJob cronJob) => Events.Event(
        cronJob,
        "Warning",
        "UnsupportedSchedule",
        $"CRON_TZ or TZ used in schedule \"{cronJob.Spec.Schedule}\" is not officially supported, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details");

    private void SayFailed(CronJob cronJob, StatusException failure) =>
        Events.Event(cronJob, "Warning", "FailedCreate", $"Error creating job: {failure.Message}");

    /// <summary>A new schedule begins with its next time: what it would have missed before it was written does not start now.</summary>
    private void OnCronJob(CronJob? old, CronJob? current)
    {
        var isRescheduled = old is not null && current is not null && (old.Spec.Schedule != current.Spec.Schedule || old.Spec.TimeZone != current.Spec.TimeZone);
        var now = Time.GetUtcNow();
        if (isRescheduled && ScheduleOf(current!)?.Next(now) is { } next) Queue.AddAfter(KeyOf(current!), next - now + Delay);
        else Queue.Add(KeyOf((current ?? old)!));
    }

    private CronSchedule? ScheduleOf(CronJob cronJob)
    {
        if (cronJob.Spec.Schedule.Contains("TZ", StringComparison.Ordinal)) SayOldForm(cronJob);
        try
        {
            return new CronSchedule(cronJob.Spec.Schedule, CronJobTemplates.ZoneOf(cronJob));
        }
        catch (TimeZoneNotFoundException e)
        {
            Events.Event(cronJob, "Warning", "UnknownTimeZone", $"invalid timeZone: \"{cronJob.Spec.TimeZone}\": {e.Message}");
        }
        catch (FormatException e)
        {
            Events.Event(cronJob, "Warning", "UnparseableSchedule", $"unparseable schedule: \"{cronJob.Spec.Schedule}\" : {e.Message}");
        }

        return null;
    }
}
