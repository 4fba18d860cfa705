using Sampan.Api;
using Sampan.Api.Batch.V1;
using static Sampan.ApiServer.Printing.Columns;
using static Sampan.ApiServer.Printing.Kinds.WorkloadTables;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>Jobs and what starts them.</summary>
internal static class BatchTables
{
    public static TableColumns Jobs { get; } = new TableColumns<Job>
    {
        Name<Job>(),
        Text<Job>("Status", "The state of the job in one word.", StatusOf),
        Text<Job>("Completions", "Pods that succeeded of those wanted.", Completions),
        Make<Job>("Duration", "string", "How long the job ran or has been running.", RunTime),
        Age<Job>(),
        ContainerNames<Job>(j => j.Spec.Template),
        ContainerImages<Job>(j => j.Spec.Template),
        Text<Job>("Selector", "Which pods belong to it.", j => CellText.Selector(j.Spec.Selector)).Wide(),
    };

    public static TableColumns CronJobs { get; } = new TableColumns<CronJob>
    {
        Name<CronJob>(),
        Text<CronJob>("Schedule", "When jobs start, in cron's form.", c => c.Spec.Schedule),
        Text<CronJob>("Timezone", "The time zone of the schedule.", c => c.Spec.TimeZone ?? CellText.None),
        Make<CronJob>("Suspend", "boolean", "Whether no jobs are started.", (c, _) => CellText.Flag(c.Spec.Suspend)),
        Number<CronJob>("Active", "Jobs that run now.", c => c.Status.Active.OrEmpty().Count),
        Make<CronJob>("Last Schedule", "string", "The time since a job was last started.", LastSchedule),
        Age<CronJob>(),
        ContainerNames<CronJob>(c => c.Spec.JobTemplate.Spec.Template),
        ContainerImages<CronJob>(c => c.Spec.JobTemplate.Spec.Template),
        Text<CronJob>("Selector", "Which pods belong to its jobs.", c => CellText.Selector(c.Spec.JobTemplate.Spec.Selector)).Wide(),
    };

    private static string StatusOf(Job job)
    {
        bool Has(string condition) => job.Status.Conditions.OrEmpty().FirstOrDefault(c => c.Type == condition)?.Status == "True";
        return Has("Complete") ? "Complete"
            : Has("Failed") ? "Failed"
            : job.Metadata.DeletionTimestamp is not null ? "Terminating"
            : Has("Suspended") ? "Suspended"
            : Has("FailureTarget") ? "FailureTarget"
            : Has("SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running";
    }

    private static string Completions(Job job) => job.Spec switch
    {
        { Completions: { } wanted } => $"{job.Status.Succeeded}/{wanted}",
        { Parallelism: > 1 and var parallelism } => $"{job.Status.Succeeded}/1 of {parallelism}",
        _ => $"{job.Status.Succeeded}/1",
    };

    private static Cell RunTime(Job job, DateTimeOffset now) => job.Status switch
    {
        { StartTime: null } => "",
        { StartTime: { } start, CompletionTime: { } end } => HumanDuration.Format(end - start),
        { StartTime: { } start } => HumanDuration.Format(now - start.Value),
    };

    private static Cell LastSchedule(CronJob job, DateTimeOffset now) =>
        job.Status.LastScheduleTime is { } last ? HumanDuration.Since(last, now) : CellText.None;
}
