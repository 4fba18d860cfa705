using System.Collections.Immutable;

namespace Sampan.Kubelet.Resize;

/// <summary>
/// What the node has granted a pod's containers, and the pod as a whole, and what of it the runtime was told. Both follow the
/// specification:
/// <code>
/// spec: cpu 2    allocated: cpu 2    actuated: cpu 1        the resize is in progress
/// spec: cpu 9    allocated: cpu 2    actuated: cpu 2        there is no room for it
/// </code>
/// </summary>
internal sealed record PodAllocation(ImmutableDictionary<string, ContainerResources> Allocated, ImmutableDictionary<string, ContainerResources> Actuated)
{
    /// <summary>Stands for the pod as a whole among the names of its containers.</summary>
    public const string Whole = "";

    public static readonly PodAllocation None = new(ImmutableDictionary<string, ContainerResources>.Empty, ImmutableDictionary<string, ContainerResources>.Empty);

    /// <param name="running">The containers that run.</param>
    public bool IsActuated(IReadOnlySet<string> running) =>
        Allocated.All(a => !Actuated.TryGetValue(a.Key, out var told) || told.Equals(a.Value) || (a.Key != Whole && !running.Contains(a.Key)));
}
