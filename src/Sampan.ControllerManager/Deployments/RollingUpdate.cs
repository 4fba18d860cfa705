using Sampan.Api.Apps.V1;

namespace Sampan.ControllerManager.Deployments;

/// <summary>Adds new pods within the surge and takes old ones away as far as availability allows; one of the two per step.</summary>
internal sealed class RollingUpdate(Scaling scaling)
{
    public async Task StepAsync(Rollout rollout, CancellationToken cancellationToken)
    {
        if (rollout.New is not { } current) return;
        if (await scaling.ScaleAsync(rollout, current, NewSize(rollout, current), cancellationToken)) return;
        await ShrinkOldAsync(rollout, cancellationToken);
    }

    private static int NewSize(Rollout rollout, ReplicaSet current)
    {
        var size = current.Spec.Replicas ?? 1;
        return size >= rollout.Replicas ? rollout.Replicas : Scaling.NewReplicas(rollout, size);
    }

    /// <summary>First old pods that are not available anyway, then as many healthy ones as are not needed.</summary>
    private async Task ShrinkOldAsync(Rollout rollout, CancellationToken cancellationToken)
    {
        if (!rollout.Old.Any(s => s.Spec.Replicas is > 0)) return;
        var current = rollout.New!;
        var minAvailable = rollout.Replicas - rollout.MaxUnavailable;
        var newUnavailable = (current.Spec.Replicas ?? 1) - current.Status.AvailableReplicas;
        var budget = rollout.TotalReplicas - minAvailable - newUnavailable;
        if (budget <= 0) return;

        foreach (var old in Active(rollout))
        {
            var unhealthy = Math.Max(0, old.Spec.Replicas!.Value - old.Status.AvailableReplicas);
            var drop = Math.Min(budget, unhealthy);
            if (drop == 0) continue;
            await scaling.ScaleAsync(rollout, old, old.Spec.Replicas.Value - drop, cancellationToken);
            budget -= drop;
        }

        // A ReplicaSet that was just made smaller still reports the pods that it is about to delete: they do not count.
        var spare = rollout.All.Sum(s => Math.Min(s.Status.AvailableReplicas, s.Spec.Replicas ?? 1)) - minAvailable;
        foreach (var old in Active(rollout))
        {
            var drop = Math.Min(old.Spec.Replicas!.Value, spare);
            if (drop <= 0) return;
            await scaling.ScaleAsync(rollout, old, old.Spec.Replicas.Value - drop, cancellationToken);
            spare -= drop;
        }
    }

    private static List<ReplicaSet> Active(Rollout rollout) => rollout.Old.Where(s => s.Spec.Replicas is > 0).ToList();
}
