using Sampan.Kubelet.Devices.V1Beta1;
using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Devices;

/// <summary>The devices of one resource as its plugin last told of them.</summary>
/// <param name="Endpoint">Null while no plugin serves it.</param>
/// <param name="Devices">By their names.</param>
/// <param name="StoppedAt">When the plugin went; null while it is there.</param>
internal sealed record DeviceTable(DeviceEndpoint? Endpoint, IReadOnlyDictionary<string, Device> Devices, DateTimeOffset? StoppedAt)
{
    public const string IsUnhealthy = "Unhealthy";
    private const string IsHealthy = "Healthy";

    public IEnumerable<string> Healthy => StoppedAt is null ? Devices.Values.Where(d => d.Health == IsHealthy).Select(d => d.ID) : [];

    /// <summary>As a pod's status says it.</summary>
    public string HealthOf(string id) => StoppedAt is null && Devices.TryGetValue(id, out var device) && device.Health == IsHealthy ? IsHealthy : IsUnhealthy;

    public IReadOnlyList<(long Node, IReadOnlyList<string> Ids)> ByNode(IEnumerable<string> ids) =>
    [
        .. from id in ids
           from node in NodesOf(id) is > 0 and var mask ? NumaMask.Nodes(mask).Select(n => (long)n) : [AllocatedDevices.Nowhere]
           group id by node into near
           orderby near.Key
           select (near.Key, (IReadOnlyList<string>)[.. near]),
    ];

    /// <summary>The NUMA nodes next to a device; none where that does not matter.</summary>
    public ulong NodesOf(string id) =>
        Devices.TryGetValue(id, out var device) && device.Topology is { } topology ? NumaMask.Of(topology.Nodes.Select(n => (int)n.ID)) : 0;
}
