using Sampan.Api.Apps.V1;

namespace Sampan.ControllerManager.Deployments;

/// <summary>Sizes ReplicaSets: the new one within the surge, all of them in proportion when the Deployment is resized midway.</summary>
internal sealed class Scaling(DeploymentWriter writer)
{
    /// <summary>How large the new ReplicaSet may be now.</summary>
    public static int NewReplicas(Rollout rollout, int current)
    {
        if (rollout.Deployment.Spec.Strategy.Type == "Recreate") return rollout.Replicas;
        var room = rollout.Replicas + rollout.MaxSurge - rollout.TotalReplicas;
        return room <= 0 ? current : current + Math.Min(room, rollout.Replicas - current);
    }

    /// <summary>Sets a size and notes what it is part of; true when the size changed.</summary>
    public async Task<bool> ScaleAsync(Rollout rollout, ReplicaSet set, int size, CancellationToken cancellationToken)
    {
        var before = set.Spec.Replicas ?? 1;
        var (desired, max) = (rollout.Replicas, rollout.Replicas + rollout.MaxSurge);
        if (before == size && !RolloutAnnotations.NeedsSizes(set, desired, max)) return false;
        var copy = set.DeepClone();
        copy.Spec.Replicas = size;
        RolloutAnnotations.SetSizes(copy, desired, max);
        await writer.UpdateAsync(rollout, copy, cancellationToken);
        if (before != size) writer.TellScaled(rollout, set.Metadata.Name, before, size);
        return before != size;
    }

    /// <summary>After a resize, or while paused: keeps the mix of revisions and changes only the sum.</summary>
    public async Task ScaleAllAsync(Rollout rollout, CancellationToken cancellationToken)
    {
        var active = rollout.All.Where(s => s.Spec.Replicas is > 0).ToList();
        if (active.Count <= 1)
        {
            var only = active.Count == 1 ? active[0] : rollout.New ?? rollout.Old.LastOrDefault();
            // Also when the size is right already: what it says of the whole is what calls for a resize.
            if (only is not null) await ScaleAsync(rollout, only, rollout.Replicas, cancellationToken);
        }
        else if (IsSaturated(rollout))
        {
            foreach (var old in active.Where(s => s != rollout.New)) await ScaleAsync(rollout, old, 0, cancellationToken);
        }
        else if (rollout.Deployment.Spec.Strategy.Type != "Recreate")
        {
            foreach (var (set, size) in Proportional(rollout, active)) await ScaleAsync(rollout, set, size, cancellationToken);
        }
    }

    /// <summary>
    /// Spreads the difference over the active ReplicaSets by their share; what rounding leaves goes to the largest.
    /// <code>
    /// 10 replicas, surge 3, sizes 8 + 5 = 13; resized to 15 → 18 allowed → 11 + 7
    /// </code>
    /// </summary>
    private static List<(ReplicaSet Set, int Size)> Proportional(Rollout rollout, List<ReplicaSet> active)
    {
        var allowed = rollout.Replicas > 0 ? rollout.Replicas + rollout.MaxSurge : 0;
        var toAdd = allowed - active.Sum(s => s.Spec.Replicas!.Value);
        var bySize = active.OrderByDescending(s => s.Spec.Replicas);
        var order = toAdd > 0
            ? bySize.ThenByDescending(s => s.Metadata.CreationTimestamp?.Value).ToList()
            : bySize.ThenBy(s => s.Metadata.CreationTimestamp?.Value).ToList();
        var sizes = new List<(ReplicaSet Set, int Size)>();
        var added = 0;
        foreach (var set in order)
        {
            var share = toAdd == 0 ? 0 : Share(rollout, set, toAdd - added);
            sizes.Add((set, set.Spec.Replicas!.Value + share));
            added += share;
        }

        sizes[0] = (sizes[0].Set, Math.Max(0, sizes[0].Size + toAdd - added));
        return sizes;
    }

    private static int Share(Rollout rollout, ReplicaSet set, int left)
    {
        if (left == 0) return 0;
        var size = set.Spec.Replicas!.Value;
        if (rollout.Replicas == 0) return Math.Max(-size, left);
        var before = RolloutAnnotations.Max(set) is { } max and > 0 ? max : rollout.Deployment.Status.Replicas;
        if (before == 0) return 0;
        var scaled = (int)Math.Round((double)size * (rollout.Replicas + rollout.MaxSurge) / before, MidpointRounding.AwayFromZero);
        return left > 0 ? Math.Min(scaled - size, left) : Math.Max(scaled - size, left);
    }

    /// <summary>The new ReplicaSet has all replicas, and all of them are available.</summary>
    private static bool IsSaturated(Rollout rollout) =>
        rollout.New is { } set
        && set.Spec.Replicas == rollout.Replicas
        && RolloutAnnotations.Desired(set) == rollout.Replicas
        && set.Status.AvailableReplicas == rollout.Replicas;
}
