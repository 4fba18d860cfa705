using Sampan.Api;
using Sampan.Api.Batch.V1;
using Sampan.ApiServer.Registry.Apps;

namespace Sampan.ApiServer.Registry.Batch;

/// <summary>Cron jobs.</summary>
internal sealed class CronJobStrategy() : SpecStatusStrategy<CronJob>(Parts)
{
    /// <summary>The names of jobs and pods made from a cron job's name must still be labels.</summary>
    private const int MaxName = 52;

    private static readonly SpecStatus<CronJob> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        job => job.Status = new CronJobStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec));

    protected override void Default(CronJob job)
    {
        var spec = job.Spec;
        spec.ConcurrencyPolicy = string.IsNullOrEmpty(spec.ConcurrencyPolicy) ? "Allow" : spec.ConcurrencyPolicy;
        spec.Suspend ??= false;
        spec.SuccessfulJobsHistoryLimit ??= 3;
        spec.FailedJobsHistoryLimit ??= 1;
        JobTemplateDefaults.Apply(spec.JobTemplate.Spec);
    }

    protected override void Validate(WriteContext context, CronJob job, FieldErrors errors)
    {
        var (spec, path) = (job.Spec, FieldPath.Of("spec"));
        if (job.Metadata.Name.Length > MaxName)
        {
            errors.Invalid(FieldPath.Of("metadata").Child("name"), job.Metadata.Name, "must be no more than 52 characters");
        }
        if (spec.Schedule.Length == 0)
        {
            errors.Required(path.Child("schedule"));
        }
        else
        {
            CronScheduleValidation.Validate(spec.Schedule, path.Child("schedule"), errors);
        }
        WorkloadValidation.NotNegative(path.Child("startingDeadlineSeconds"), spec.StartingDeadlineSeconds ?? 0, errors);
        WorkloadValidation.NotNegative(path.Child("successfulJobsHistoryLimit"), spec.SuccessfulJobsHistoryLimit ?? 0, errors);
        WorkloadValidation.NotNegative(path.Child("failedJobsHistoryLimit"), spec.FailedJobsHistoryLimit ?? 0, errors);
        if (spec.ConcurrencyPolicy is not ("Allow" or "Forbid" or "Replace"))
        {
            errors.NotSupported(path.Child("concurrencyPolicy"), spec.ConcurrencyPolicy, "Allow", "Forbid", "Replace");
        }
        JobValidation.ValidateSpec(spec.JobTemplate.Spec, path.Child("jobTemplate").Child("spec"), errors);
    }
}
