using Sampan.Api.Apps.V1;

namespace Sampan.ControllerManager.Deployments;

/// <summary>Adds up the ReplicaSets' statuses, and judges availability, failure and progress.</summary>
internal static class DeploymentStatuses
{
    public static DeploymentStatus Of(Rollout rollout, DateTimeOffset now)
    {
        var deployment = rollout.Deployment;
        var available = rollout.All.Sum(s => s.Status.AvailableReplicas);
        var status = deployment.Status.DeepClone();
        status.ObservedGeneration = deployment.Metadata.Generation;
        status.Replicas = rollout.All.Sum(s => s.Status.Replicas);
        status.UpdatedReplicas = rollout.New?.Status.Replicas ?? 0;
        status.ReadyReplicas = rollout.All.Sum(s => s.Status.ReadyReplicas);
        status.AvailableReplicas = available;
        status.UnavailableReplicas = Math.Max(0, rollout.TotalReplicas - available);
        status.TerminatingReplicas = rollout.All.All(s => s.Status.TerminatingReplicas is not null)
            ? rollout.All.Sum(s => s.Status.TerminatingReplicas) : null;
        SetAvailable(rollout, status, now);
        SetFailure(rollout, status, now);
        Progress.Judge(rollout, status, now);
        return status;
    }

    private static void SetAvailable(Rollout rollout, DeploymentStatus status, DateTimeOffset now)
    {
        var enough = status.AvailableReplicas >= rollout.Replicas - rollout.MaxUnavailable;
        DeploymentConditions.Set(status, enough
            ? new() { Type = "Available", Status = "True", Reason = "MinimumReplicasAvailable", Message = "Deployment has minimum availability." }
            : new() { Type = "Available", Status = "False", Reason = "MinimumReplicasUnavailable", Message = "Deployment does not have minimum availability." }, now);
    }

    /// <summary>The new ReplicaSet's failure counts first.</summary>
    private static void SetFailure(Rollout rollout, DeploymentStatus status, DateTimeOffset now)
    {
        var ordered = rollout.New is { } current ? rollout.Old.Prepend(current) : rollout.Old;
        var failure = ordered.Select(s => s.Status.Conditions?.Find(c => c.Type == DeploymentConditions.ReplicaFailure))
            .FirstOrDefault(c => c is not null);
        if (failure is null) DeploymentConditions.Remove(status, DeploymentConditions.ReplicaFailure);
        else
        {
            DeploymentConditions.Set(status, new()
            {
                Type = DeploymentConditions.ReplicaFailure, Status = failure.Status, Reason = failure.Reason, Message = failure.Message,
            }, now);
        }
    }
}
