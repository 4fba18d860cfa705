using System.Collections.Immutable;
using Sampan.Kubelet.Devices.V1Beta1;
using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Devices;

/// <summary>
/// The devices of one resource as its plugin last told of them. While a plugin is replaced, both are there: the one that came last serves.
/// <code>
/// old ── new comes ──▶ new serves, the devices stay ── old goes ──▶ nothing changes
///                                                   └─ new goes ──▶ old serves again
/// </code>
/// </summary>
/// <param name="Endpoint">Null while no plugin serves it.</param>
/// <param name="Devices">By their names.</param>
/// <param name="StoppedAt">When the plugin went; null while it is there.</param>
internal sealed record DeviceTable(DeviceEndpoint? Endpoint, IReadOnlyDictionary<string, Device> Devices, DateTimeOffset? StoppedAt)
{
    public const string IsUnhealthy = "Unhealthy";
    private const string IsHealthy = "Healthy";

    /// <summary>Plugins that served before and are there still, the last of them last.</summary>
    public ImmutableList<DeviceEndpoint> Others { get; init; } = [];

    /// <summary>All plugins that are there.</summary>
    public IEnumerable<DeviceEndpoint> Endpoints => Endpoint is null ? Others : Others.Add(Endpoint);

    public IEnumerable<string> Healthy => StoppedAt is null ? Devices.Values.Where(d => d.Health == IsHealthy).Select(d => d.ID) : [];

    /// <summary>As a pod's status says it.</summary>
    public string HealthOf(string id) => StoppedAt is null && Devices.TryGetValue(id, out var device) && device.Health == IsHealthy ? IsHealthy : IsUnhealthy;

    /// <summary>A plugin that comes serves from now on; whoever was at its socket has gone.</summary>
    public DeviceTable Join(DeviceEndpoint newest) =>
        this with { Endpoint = newest, Others = [.. Endpoints.Where(e => e.Socket != newest.Socket)], StoppedAt = Endpoint is null ? StoppedAt : null };

    /// <summary>A plugin that goes leaves the resource to the one before it, where there is one.</summary>
    public DeviceTable Leave(DeviceEndpoint gone, DateTimeOffset now) =>
        Endpoint != gone ? this with { Others = Others.Remove(gone) }
        : Others is [.., var before] ? this with { Endpoint = before, Devices = before.Told ?? Devices, Others = Others.Remove(before) }
        : this with { Endpoint = null, StoppedAt = now };

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
