using Sampan.Api;
using Sampan.Api.Batch.V1;
using Sampan.ApiServer.Registry.Apps;
using Sampan.ApiServer.Registry.Validation;

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
        (a, b) => a.Spec.DeepEquals(b.Spec))
    {
        PodsOf = job => job.Spec.JobTemplate.Spec.Template.Spec,
    };

    protected override void Default(CronJob job)
    {
        var spec = job.Spec;
        spec.ConcurrencyPolicy = string.IsNullOrEmpty(spec.ConcurrencyPolicy) ? "Allow" : spec.ConcurrencyPolicy;
        spec.Suspend ??= false;
        spec.SuccessfulJobsHistoryLimit ??= 3;
        spec.FailedJobsHistoryLimit ??= 1;
        JobDefaults.ApplyShared(spec.JobTemplate.Spec);
    }

    protected override void Validate(WriteContext context, CronJob job, FieldErrors errors)
    {
        ValidateSpec(job.Spec, null, errors);
        if (job.Metadata.Name.Length > MaxName)
        {
            errors.Invalid(FieldPath.Of("metadata").Child("name"), job.Metadata.Name, "must be no more than 52 characters");
        }
    }

    protected override void ValidateUpdate(WriteContext context, CronJob job, CronJob old, FieldErrors errors) =>
        ValidateSpec(job.Spec, old.Spec, errors);

    protected override IEnumerable<string> Warnings(WriteContext context, CronJob job, CronJob? old)
    {
        var template = FieldPath.Of("spec").Child("jobTemplate").Child("spec");
        IEnumerable<string> zone = job.Spec.Schedule.Contains("TZ", StringComparison.Ordinal)
            ? [$"cannot use TZ or CRON_TZ in {FieldPath.Of("spec").Child("spec").Child("schedule")}, use timeZone field instead"] : [];
        return
        [
            .. old is null ? WorkloadWarnings.OfName(job.Metadata.Name) : [],
            .. JobStrategy.WarningsOfSpec(job, old, job.Spec.JobTemplate.Spec, template),
            .. zone,
        ];
    }

    private static void ValidateSpec(CronJobSpec spec, CronJobSpec? old, FieldErrors errors)
    {
        var path = FieldPath.Of("spec");
        if (spec.Schedule.Length == 0)
        {
            errors.Required(path.Child("schedule"));
        }
        else
        {
            var zoneMayStay = old?.Schedule.Contains("TZ", StringComparison.Ordinal) == true;
            CronScheduleValidation.Validate(spec.Schedule, zoneMayStay, spec.TimeZone, path.Child("schedule"), errors);
        }
        FieldChecks.NotNegative(path.Child("startingDeadlineSeconds"), spec.StartingDeadlineSeconds, errors);
        if (old is null || old.TimeZone != spec.TimeZone)
        {
            TimeZoneValidation.Validate(spec.TimeZone, path.Child("timeZone"), errors);
        }
        FieldChecks.RequiredOneOf(path.Child("concurrencyPolicy"), spec.ConcurrencyPolicy, errors, "Allow", "Forbid", "Replace");
        JobValidation.ValidateTemplate(spec.JobTemplate.Spec, old?.JobTemplate.Spec, path.Child("jobTemplate").Child("spec"), errors);
        FieldChecks.NotNegative(path.Child("successfulJobsHistoryLimit"), spec.SuccessfulJobsHistoryLimit, errors);
        FieldChecks.NotNegative(path.Child("failedJobsHistoryLimit"), spec.FailedJobsHistoryLimit, errors);
    }
}
