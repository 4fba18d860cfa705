using Sampan.Api.Batch.V1;

namespace Sampan.ControllerManager.CronJobs;

/// <summary>The latest start that is due and was not made, and whether suspiciously many came due before it.</summary>
internal readonly record struct MissedStarts(DateTimeOffset? Latest, bool TooMany)
{
    private const int Limit = 100;

    public static MissedStarts Of(CronJob job, CronSchedule schedule, DateTimeOffset now)
    {
        var earliest = (DateTimeOffset?)job.Status.LastScheduleTime?.Value ?? job.Metadata.CreationTimestamp?.Value ?? now;
        if (job.Spec.StartingDeadlineSeconds is { } deadline && now.AddSeconds(-deadline) is var oldest && oldest > earliest) earliest = oldest;

        DateTimeOffset? latest = null;
        var count = 0;
        for (var next = schedule.Next(earliest); next is { } due && due <= now; next = schedule.Next(due))
        {
            (latest, count) = (due, count + 1);
            if (count > Limit) break;
        }

        if (count > Limit && schedule.Period is { } period) latest += Math.Floor((now - latest!.Value) / period) * period;
        else if (count > Limit) latest = LatestBetween(schedule, latest!.Value, now);
        return new(latest, count > Limit);
    }

    /// <summary>Looks back from now over growing spans, so that a year of missed minutes costs no more than a day of them.</summary>
    private static DateTimeOffset LatestBetween(CronSchedule schedule, DateTimeOffset from, DateTimeOffset now)
    {
        for (var span = TimeSpan.FromMinutes(2); now - span > from; span *= 2)
        {
            DateTimeOffset? latest = null;
            for (var next = schedule.Next(now - span); next is { } due && due <= now; next = schedule.Next(due)) latest = due;
            if (latest is { } found) return found;
        }

        var last = from;
        while (schedule.Next(last) is { } due && due <= now) last = due;
        return last;
    }
}
