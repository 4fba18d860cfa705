using System.Globalization;
using Sampan.Api.Batch.V1;
using Sampan.Api.Meta.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.CronJobs;

/// <summary>The Jobs of a CronJob: one for each scheduled minute, named after it.</summary>
internal static class CronJobTemplates
{
    private const string ScheduledAnnotation = "batch.kubernetes.io/cronjob-scheduled-timestamp";

    public static string NameOf(CronJob cronJob, DateTimeOffset due) =>
        string.Create(CultureInfo.InvariantCulture, $"{cronJob.Metadata.Name}-{due.ToUnixTimeSeconds() / 60}");

    /// <summary>Without a time zone, the controller's own: UTC.</summary>
    public static TimeZoneInfo ZoneOf(CronJob cronJob) =>
        string.IsNullOrEmpty(cronJob.Spec.TimeZone) ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(cronJob.Spec.TimeZone);

    public static Job JobOf(CronJob cronJob, DateTimeOffset due)
    {
        var template = cronJob.Spec.JobTemplate.DeepClone();
        var local = TimeZoneInfo.ConvertTime(due, ZoneOf(cronJob));
        var format = local.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:sszzz";
        return new Job
        {
            Metadata = new ObjectMeta
            {
                Namespace = cronJob.Metadata.Namespace,
                Name = NameOf(cronJob, due),
                Labels = template.Metadata.Labels,
                Annotations = new(template.Metadata.Annotations ?? [])
                {
                    [ScheduledAnnotation] = local.ToString(format, CultureInfo.InvariantCulture),
                },
                OwnerReferences = [OwnerReferences.ControllerRef(cronJob)],
            },
            Spec = template.Spec,
        };
    }
}
