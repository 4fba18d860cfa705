using Sampan.Api.Batch.V1;

namespace Sampan.ControllerManager.Jobs;

internal static class JobConditions
{
    public const string Complete = "Complete";
    public const string Failed = "Failed";

    /// <summary>The Job has succeeded, but pods of it still end.</summary>
    public const string SuccessCriteriaMet = "SuccessCriteriaMet";

    /// <summary>The Job will fail once its pods have ended.</summary>
    public const string FailureTarget = "FailureTarget";
    public const string Suspended = "Suspended";

    public static bool IsFinished(Job job) => IsTrue(job, Complete) || IsTrue(job, Failed);

    public static bool IsTrue(Job job, string type) => Find(job, type)?.Status == "True";

    public static JobCondition? Find(Job job, string type) => job.Status.Conditions?.Find(c => c.Type == type);

    public static void Set(Job job, string type, string status, string? reason, string? message, DateTimeOffset now)
    {
        var known = Find(job, type);
        if (known is not null && known.Status == status && known.Reason == reason && known.Message == message) return;
        var next = new JobCondition { Type = type, Status = status, Reason = reason, Message = message, LastProbeTime = now, LastTransitionTime = now };
        var conditions = job.Status.Conditions ??= [];
        if (known is null) conditions.Add(next);
        else conditions[conditions.IndexOf(known)] = next;
    }
}
