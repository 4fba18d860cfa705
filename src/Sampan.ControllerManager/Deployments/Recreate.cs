namespace Sampan.ControllerManager.Deployments;

/// <summary>All old pods go before the first new one comes.</summary>
internal sealed class Recreate(Scaling scaling)
{
    /// <summary>Returns true while old pods are still on their way out.</summary>
    public async Task<bool> StopOldAsync(Rollout rollout, Func<Rollout, bool> hasOldPods, CancellationToken cancellationToken)
    {
        var scaled = false;
        foreach (var old in rollout.Old.Where(s => s.Spec.Replicas is not 0).ToList())
            scaled |= await scaling.ScaleAsync(rollout, old, 0, cancellationToken);
        return scaled || hasOldPods(rollout);
    }

    public async Task StartNewAsync(Rollout rollout, CancellationToken cancellationToken)
    {
        if (rollout.New is { } current) await scaling.ScaleAsync(rollout, current, rollout.Replicas, cancellationToken);
    }
}
