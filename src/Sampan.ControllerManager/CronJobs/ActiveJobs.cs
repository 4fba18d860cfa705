using Sampan.Api.Batch.V1;
using Sampan.Client.Events;
using Sampan.ControllerManager.Common;
using Sampan.ControllerManager.Jobs;

namespace Sampan.ControllerManager.CronJobs;

/// <summary>Keeps a CronJob's list of running Jobs, and the time of its last success.</summary>
internal static class ActiveJobs
{
    public static async Task UpdateAsync(
        CronJob cronJob, List<Job> jobs, ResourceClient<Job> client, EventRecorder events, CancellationToken cancellationToken)
    {
        foreach (var job in jobs) Settle(cronJob, job, events);
        foreach (var reference in cronJob.Status.Active.OrEmpty().ToList())
        {
            if (jobs.Exists(j => j.Metadata.Uid == reference.Uid)) continue;
            // The cache may be behind; the server knows.
            var found = await client.FindAsync(cronJob.Metadata.Namespace, reference.Name ?? "", cancellationToken);
            if (found?.Metadata.Uid == reference.Uid) continue;
            Remove(cronJob, reference.Uid);
            events.Event(cronJob, "Normal", "MissingJob", $"Active job went missing: {reference.Name}");
        }
    }

    public static void Remove(CronJob cronJob, string? uid)
    {
        cronJob.Status.Active?.RemoveAll(a => a.Uid == uid);
        if (cronJob.Status.Active is { Count: 0 }) cronJob.Status.Active = null;
    }

    private static void Settle(CronJob cronJob, Job job, EventRecorder events)
    {
        var isListed = cronJob.Status.Active.OrEmpty().Any(a => a.Uid == job.Metadata.Uid);
        var finished = JobConditions.IsFinished(job);
        if (isListed && finished)
        {
            Remove(cronJob, job.Metadata.Uid);
            var end = JobConditions.IsTrue(job, JobConditions.Complete) ? JobConditions.Complete : JobConditions.Failed;
            events.Event(cronJob, "Normal", "SawCompletedJob", $"Saw completed job: {job.Metadata.Name}, condition: {end}");
        }
        else if (!isListed && !finished)
        {
            events.Event(cronJob, "Warning", "UnexpectedJob", $"Saw a job that the controller did not create or forgot: {job.Metadata.Name}");
        }

        if (JobConditions.IsTrue(job, JobConditions.Complete) && job.Status.CompletionTime is { } time
            && (cronJob.Status.LastSuccessfulTime is not { } last || time.Value > last.Value))
            cronJob.Status.LastSuccessfulTime = time;
    }
}
