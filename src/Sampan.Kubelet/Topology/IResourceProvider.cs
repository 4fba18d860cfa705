using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Topology;

/// <summary>Gives containers something that only one of them can have, and knows where on the machine it is.</summary>
internal interface IResourceProvider
{
    /// <summary>As metrics name whoever gives containers processors or memory of their own; null for others.</summary>
    string? PinsAs => null;

    /// <summary>Whether what it gives is whole cores, so that no two containers share one.</summary>
    bool AlignsCores => false;

    /// <summary>Whether all processors that a container has from it share their last-level cache.</summary>
    bool AlignsCache(Pod pod, Container container) => false;

    /// <summary>Whether it has to give a container something that it has not yet.</summary>
    bool IsWanted(Pod pod, Container container) => false;

    /// <summary>By resource, the places that could serve the container, or the pod as a whole when there is no container.</summary>
    /// <returns>A null list where the place does not matter, an empty one where nothing can serve it.</returns>
    IReadOnlyDictionary<string, IReadOnlyList<TopologyHint>?> Hints(Pod pod, Container? container);

    /// <summary>Gives it; a container that has it already keeps it.</summary>
    /// <exception cref="AllocationException">It cannot have it.</exception>
    Task AllocateAsync(Pod pod, Container container, TopologyHint affinity, CancellationToken cancellationToken);

    /// <summary>Takes back all that a pod has.</summary>
    void Release(string uid);
}
