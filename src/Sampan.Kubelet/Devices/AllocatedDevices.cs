using Sampan.Kubelet.Devices.V1Beta1;

namespace Sampan.Kubelet.Devices;

/// <summary>The devices of one resource that one container has, and what the plugin wants done for them.</summary>
/// <param name="Ids">In the order of their names.</param>
internal sealed record AllocatedDevices(string PodUid, string Container, string Resource, IReadOnlyList<string> Ids, ContainerAllocateResponse Response)
{
    /// <summary>A device that is next to no NUMA node.</summary>
    public const long Nowhere = -1;

    /// <summary>The devices by the NUMA nodes that they were next to when they were given out; one may be next to several.</summary>
    public IReadOnlyList<(long Node, IReadOnlyList<string> Ids)> ByNode { get; init; } = [(Nowhere, Ids)];
}
