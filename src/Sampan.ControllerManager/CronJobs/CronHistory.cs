using Sampan.Api.Batch.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client.Events;
using Sampan.ControllerManager.Common;
using Sampan.ControllerManager.Jobs;

namespace Sampan.ControllerManager.CronJobs;

/// <summary>Deletes finished Jobs beyond the two history limits, the oldest first.</summary>
internal sealed class CronHistory(OwnWrites<Job> jobs, EventRecorder events)
{
    public async Task TrimAsync(CronJob cronJob, List<Job> owned, CancellationToken cancellationToken)
    {
        var old = Beyond(owned, JobConditions.Complete, cronJob.Spec.SuccessfulJobsHistoryLimit)
            .Concat(Beyond(owned, JobConditions.Failed, cronJob.Spec.FailedJobsHistoryLimit));
        foreach (var job in old.ToList()) await DeleteAsync(cronJob, job, cancellationToken);
    }

    public async Task DeleteAsync(CronJob cronJob, Job job, CancellationToken cancellationToken)
    {
        try
        {
            await jobs.DeleteAsync(job, new DeleteOptions { PropagationPolicy = "Background" }, cancellationToken);
        }
        catch (StatusException e)
        {
            events.Event(cronJob, "Warning", "FailedDelete", $"Deleted job: {e.Message}");
            throw;
        }

        ActiveJobs.Remove(cronJob, job.Metadata.Uid);
        events.Event(cronJob, "Normal", "SuccessfulDelete", $"Deleted job {job.Metadata.Name}");
    }

    private static IEnumerable<Job> Beyond(List<Job> owned, string end, int? limit)
    {
        if (limit is not { } kept) return [];
        var finished = owned.Where(j => j.Metadata.DeletionTimestamp is null && JobConditions.IsTrue(j, end)).ToList();
        return finished.OrderBy(j => j.Status.StartTime?.Value).ThenBy(j => j.Metadata.Name, StringComparer.Ordinal)
            .Take(Math.Max(0, finished.Count - kept));
    }
}
