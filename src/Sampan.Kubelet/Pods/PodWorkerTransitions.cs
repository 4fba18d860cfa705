namespace Sampan.Kubelet.Pods;

/// <summary>The legal steps of a pod's life; anything else is a bug.</summary>
internal static class PodWorkerTransitions
{
    private static readonly HashSet<(PodWorkerState From, PodWorkerState To)> Legal =
    [
        (PodWorkerState.Syncing, PodWorkerState.Terminating),
        (PodWorkerState.Terminating, PodWorkerState.Terminated),
        (PodWorkerState.Terminated, PodWorkerState.Finished),
    ];

    public static PodWorkerState Check(PodWorkerState from, PodWorkerState to) =>
        from == to || Legal.Contains((from, to))
            ? to
            : throw new InvalidOperationException($"a pod worker cannot go from {from} to {to}");
}
