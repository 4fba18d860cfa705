namespace Sampan.Api.Batch.V1;

/// <summary>Schedule of a CronJob and the job it starts.</summary>
[ApiType("io.k8s.api.batch.v1.CronJobSpec")]
public sealed partial class CronJobSpec : IApiType<CronJobSpec>
{
    /// <summary>Five fields (minute, hour, day of month, month, day of week), as in */5 * * * *, or a shorthand such as @hourly.</summary>
    [Field("schedule", 1, Required = true)]
    public string Schedule { get; set; } = "";

    /// <summary>Zone the schedule is read in, such as Europe/Berlin; that of the controller manager when absent.</summary>
    [Field("timeZone", 8, Pointer = true)]
    public string? TimeZone { get; set; }

    /// <summary>How many seconds late a job may still be started; a later one is skipped. No limit when absent.</summary>
    [Field("startingDeadlineSeconds", 2)]
    public long? StartingDeadlineSeconds { get; set; }

    /// <summary>
    /// What to do if the last job still runs: Allow starts another (default), Forbid skips the turn, Replace ends the old job.
    /// </summary>
    [Field("concurrencyPolicy", 3)]
    public string? ConcurrencyPolicy { get; set; }

    /// <summary>True starts no more jobs; those running go on. False by default.</summary>
    [Field("suspend", 4)]
    public bool? Suspend { get; set; }

    /// <summary>The job that each turn creates.</summary>
    [Field("jobTemplate", 5, Required = true)]
    public JobTemplateSpec JobTemplate { get; set; } = new();

    /// <summary>How many succeeded jobs are kept; 3 by default.</summary>
    [Field("successfulJobsHistoryLimit", 6)]
    public int? SuccessfulJobsHistoryLimit { get; set; }

    /// <summary>How many failed jobs are kept; 1 by default.</summary>
    [Field("failedJobsHistoryLimit", 7)]
    public int? FailedJobsHistoryLimit { get; set; }
}
