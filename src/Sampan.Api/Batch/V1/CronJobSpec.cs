namespace Sampan.Api.Batch.V1;

[ApiType("io.k8s.api.batch.v1.CronJobSpec")]
public sealed partial class CronJobSpec : IApiType<CronJobSpec>
{
    [Field("schedule", 1, Required = true)]
    public string Schedule { get; set; } = "";

    [Field("timeZone", 8, Pointer = true)]
    public string? TimeZone { get; set; }

    [Field("startingDeadlineSeconds", 2)]
    public long? StartingDeadlineSeconds { get; set; }

    [Field("concurrencyPolicy", 3)]
    public string? ConcurrencyPolicy { get; set; }

    [Field("suspend", 4)]
    public bool? Suspend { get; set; }

    [Field("jobTemplate", 5, Required = true)]
    public JobTemplateSpec JobTemplate { get; set; } = new();

    [Field("successfulJobsHistoryLimit", 6)]
    public int? SuccessfulJobsHistoryLimit { get; set; }

    [Field("failedJobsHistoryLimit", 7)]
    public int? FailedJobsHistoryLimit { get; set; }
}
