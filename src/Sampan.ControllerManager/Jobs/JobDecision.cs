using Sampan.Api.Batch.V1;
using Sampan.ControllerManager.Common;
using static Sampan.ControllerManager.Jobs.JobConditions;

namespace Sampan.ControllerManager.Jobs;

/// <summary>
/// Decides what becomes of a Job.
/// <code>
///   running ──enough succeeded──▶ SuccessCriteriaMet ──all pods ended──▶ Complete
///           ──too many failed, too late, policy──▶ FailureTarget ──all pods ended──▶ Failed
/// </code>
/// </summary>
internal static class JobDecision
{
    /// <summary>Notes when the Job started; its deadline begins anew when it is resumed.</summary>
    public static void Start(JobSync sync)
    {
        if (!sync.IsSuspended && (sync.Job.Status.StartTime is null || IsTrue(sync.Job, Suspended))) sync.Job.Status.StartTime = sync.Now;
    }

    /// <summary>Notes a suspension or a resumption of a Job whose outcome is still open.</summary>
    public static void NoteSuspension(JobSync sync)
    {
        var (job, now) = (sync.Job, sync.Now);
        if (IsEnding(job) || sync.IsSuspended == IsTrue(job, Suspended)) return;
        if (sync.IsSuspended) job.Status.StartTime = null;
        var (status, reason, message) = sync.IsSuspended ? ("True", "JobSuspended", "Job suspended") : ("False", "JobResumed", "Job resumed");
        Set(job, Suspended, status, reason, message, now);
        sync.Events.Add(("Normal", sync.IsSuspended ? "Suspended" : "Resumed", message));
    }

    /// <summary>Sets the interim condition when the outcome is known.</summary>
    public static void Judge(JobSync sync)
    {
        var (job, now) = (sync.Job, sync.Now);
        if (IsTrue(job, FailureTarget) || IsTrue(job, SuccessCriteriaMet)) return;
        if (sync.PolicyFailure is { } policy) Set(job, FailureTarget, "True", "PodFailurePolicy", policy, now);
        else if (IsOverLimit(sync)) Set(job, FailureTarget, "True", "BackoffLimitExceeded", "Job has reached the specified backoff limit", now);
        else if (UntilDeadline(sync) is { } left && left <= TimeSpan.Zero)
            Set(job, FailureTarget, "True", "DeadlineExceeded", "Job was active longer than specified deadline", now);
        else if (sync.Job.Spec.MaxFailedIndexes is { } most && sync.FailedIndexes.Count > most)
            Set(job, FailureTarget, "True", "MaxFailedIndexesExceeded", "Job has exceeded the specified maximal number of failed indexes", now);
        else if (sync.FailedIndexes.Count > 0 && sync.FailedIndexes.Count + sync.CompletedIndexes.Count >= job.Spec.Completions)
            Set(job, FailureTarget, "True", "FailedIndexes", "Job has failed indexes", now);
        else if (JobSuccessPolicy.Match(sync) is { } rule) Set(job, SuccessCriteriaMet, "True", "SuccessPolicy", rule, now);
        else if (IsSuccessful(sync))
            Set(job, SuccessCriteriaMet, "True", "CompletionsReached", "Reached expected number of succeeded pods", now);
    }

    /// <summary>Makes the outcome final once no pod is left that could still change the counters.</summary>
    public static void Finish(JobSync sync)
    {
        var (job, now) = (sync.Job, sync.Now);
        var uncounted = job.Status.UncountedTerminatedPods;
        if (sync.Active.Count > 0 || sync.Terminating > 0 || sync.Counted.Count > 0
            || uncounted is { Succeeded: { Count: > 0 } } or { Failed: { Count: > 0 } }) return;
        if (Find(job, FailureTarget) is { Status: "True" } failing)
        {
            Set(job, Failed, "True", failing.Reason, failing.Message, now);
            sync.Events.Add(("Warning", failing.Reason ?? "", failing.Message ?? ""));
        }
        else if (Find(job, SuccessCriteriaMet) is { Status: "True" } succeeding)
        {
            Set(job, Complete, "True", succeeding.Reason, succeeding.Message, now);
            job.Status.CompletionTime = now;
            if (job.Spec.Completions is { } wanted && sync.Succeeded > wanted)
                sync.Events.Add(("Warning", "TooManySucceededPods", "Too many succeeded pods running after completion count reached"));
            sync.Events.Add(("Normal", "Completed", "Job completed"));
        }
    }

    /// <summary>True when the outcome is known and pods that still run must go.</summary>
    public static bool IsEnding(Job job) => IsTrue(job, FailureTarget) || IsTrue(job, SuccessCriteriaMet);

    public static TimeSpan? UntilDeadline(JobSync sync) =>
        sync.Job.Spec.ActiveDeadlineSeconds is { } seconds && sync.Job.Status.StartTime is { } start && !sync.IsSuspended && !IsFinished(sync.Job)
            ? start.Value.AddSeconds(seconds) - sync.Now
            : null;

    /// <summary>Pods that restart in place count their restarts.</summary>
    private static bool IsOverLimit(JobSync sync)
    {
        var limit = sync.Job.Spec.BackoffLimit ?? (sync.Job.Spec.BackoffLimitPerIndex is null ? 6 : int.MaxValue);
        if (sync.Failed > limit) return true;
        if (sync.Job.Spec.Template.Spec.RestartPolicy != "OnFailure") return false;
        var restarts = sync.Pods.Where(p => p.Status.Phase is "Running" or "Pending").Sum(p => p.Status.ContainerStatuses.OrEmpty().Concat(p.Status.InitContainerStatuses.OrEmpty()).Sum(c => c.RestartCount));
        return limit == 0 ? restarts > 0 : restarts >= limit;
    }

    private static bool IsSuccessful(JobSync sync) => sync.Job.Spec.Completions is { } wanted
        ? sync.Succeeded >= wanted
        : sync.Succeeded > 0 && sync.Active.Count == 0;
}
