using Sampan.Api.Apps.V1;
using static Sampan.ControllerManager.Deployments.DeploymentConditions;

namespace Sampan.ControllerManager.Deployments;

/// <summary>The Progressing condition: is the rollout moving, finished, or stuck beyond its deadline?</summary>
internal static class Progress
{
    private const string Finished = "NewReplicaSetAvailable";
    private const string TimedOut = "ProgressDeadlineExceeded";
    private const string PausedReason = "DeploymentPaused";

    public static bool IsComplete(Deployment deployment, DeploymentStatus status)
    {
        var replicas = deployment.Spec.Replicas ?? 1;
        return status.UpdatedReplicas == replicas && status.Replicas == replicas && status.AvailableReplicas == replicas
            && status.ObservedGeneration >= deployment.Metadata.Generation;
    }

    /// <summary>While paused the clock stands still.</summary>
    public static void NotePause(Deployment deployment, DateTimeOffset now)
    {
        if (!HasDeadline(deployment)) return;
        var reason = Find(deployment.Status, Progressing)?.Reason;
        if (reason == TimedOut) return;
        if (deployment.Spec.Paused && reason != PausedReason) Note(deployment, "Unknown", PausedReason, "Deployment is paused", now);
        if (!deployment.Spec.Paused && reason == PausedReason) Note(deployment, "Unknown", "DeploymentResumed", "Deployment is resumed", now);
    }

    public static void NoteFound(Deployment deployment, ReplicaSet set, DateTimeOffset now)
    {
        if (HasDeadline(deployment) && Find(deployment.Status, Progressing) is null)
            Note(deployment, "True", "FoundNewReplicaSet", $"Found new replica set \"{set.Metadata.Name}\"", now);
    }

    public static void NoteCreated(Deployment deployment, ReplicaSet set, DateTimeOffset now)
    {
        if (HasDeadline(deployment)) Note(deployment, "True", "NewReplicaSetCreated", $"Created new replica set \"{set.Metadata.Name}\"", now);
    }

    public static void NoteFailedCreate(Deployment deployment, string message, DateTimeOffset now)
    {
        if (HasDeadline(deployment)) Note(deployment, "False", "ReplicaSetCreateError", message, now);
    }

    /// <summary>Compares the new status with the one that is stored and sets the condition.</summary>
    public static void Judge(Rollout rollout, DeploymentStatus status, DateTimeOffset now)
    {
        var deployment = rollout.Deployment;
        if (!HasDeadline(deployment))
        {
            Remove(status, Progressing);
            return;
        }

        var known = Find(status, Progressing);
        if (!rollout.IsRolling || (status.Replicas == status.UpdatedReplicas && known?.Reason == Finished)) return;
        var subject = rollout.New is { } set ? $"ReplicaSet \"{set.Metadata.Name}\"" : $"Deployment \"{deployment.Metadata.Name}\"";
        if (IsComplete(deployment, status))
        {
            Set(status, Condition("True", Finished, $"{subject} has successfully progressed."), now);
        }
        else if (HasMoved(rollout.StoredStatus, status))
        {
            var moved = Condition("True", "ReplicaSetUpdated", $"{subject} is progressing.");
            moved.LastTransitionTime = known?.Status == "True" ? known.LastTransitionTime : now;
            moved.LastUpdateTime = now;
            Remove(status, Progressing);
            (status.Conditions ??= []).Add(moved);
        }
        else if (IsOverdue(deployment, known, now))
        {
            Set(status, Condition("False", TimedOut, $"{subject} has timed out progressing."), now);
        }
    }

    /// <summary>When to look again whether the deadline has passed.</summary>
    public static ReconcileResult CheckAgain(Deployment deployment, DeploymentStatus status, DateTimeOffset now)
    {
        if (!HasDeadline(deployment) || deployment.Spec.Paused) return ReconcileResult.Done;
        if (Find(status, Progressing) is not { LastUpdateTime: { } since } known) return ReconcileResult.Done;
        if (known.Reason is TimedOut or Finished || IsComplete(deployment, status)) return ReconcileResult.Done;
        var left = since.Value.AddSeconds(deployment.Spec.ProgressDeadlineSeconds!.Value) - now;
        return ReconcileResult.RequeueAfter((left > TimeSpan.Zero ? left : TimeSpan.Zero) + TimeSpan.FromSeconds(1));
    }

    private static bool HasMoved(DeploymentStatus before, DeploymentStatus now) =>
        now.UpdatedReplicas > before.UpdatedReplicas
        || now.Replicas - now.UpdatedReplicas < before.Replicas - before.UpdatedReplicas
        || now.ReadyReplicas > before.ReadyReplicas
        || now.AvailableReplicas > before.AvailableReplicas;

    private static bool IsOverdue(Deployment deployment, DeploymentCondition? known, DateTimeOffset now) => known switch
    {
        null or { Reason: Finished } => false,
        { Reason: TimedOut } => true,
        { LastUpdateTime: { } since } => since.Value.AddSeconds(deployment.Spec.ProgressDeadlineSeconds!.Value) < now,
        _ => false,
    };

    private static bool HasDeadline(Deployment deployment) => deployment.Spec.ProgressDeadlineSeconds is not (null or int.MaxValue);

    private static void Note(Deployment deployment, string status, string reason, string message, DateTimeOffset now) =>
        Set(deployment.Status, Condition(status, reason, message), now);

    private static DeploymentCondition Condition(string status, string reason, string message) =>
        new() { Type = Progressing, Status = status, Reason = reason, Message = message };
}
