using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>
/// Where the endpoints of one Service lie after a reconcile, so that the next one looks only at what changed since.
/// <code>
/// slices: web-x2b9k → "1042", web-7hq4d → "1040"        pods: (web-0, IPv4) → web-x2b9k, (web-1, IPv4) → web-7hq4d
/// </code>
/// </summary>
internal sealed class PlacedEndpoints
{
    private readonly Service _service;
    private readonly int _topology;
    private readonly Dictionary<string, (string Version, string Group, int Endpoints)> _known = [];
    private readonly Dictionary<(string Pod, string Family), string> _slices = [];

    public PlacedEndpoints(Service service, int topology, IEnumerable<EndpointSlice> slices)
    {
        (_service, _topology) = (service, topology);
        foreach (var slice in slices) Put(slice);
    }

    public int Slices => _known.Count;

    public int Endpoints => _slices.Count;

    /// <summary>How many slices would do for the endpoints of each group of ports; one, a placeholder, if there are none.</summary>
    public int FewestSlices(int limit) =>
        Math.Max(1, _known.Values.GroupBy(s => s.Group).Sum(g => (g.Sum(s => s.Endpoints) + limit - 1) / limit));

    /// <summary>False when more than pods changed: the Service, its nodes' zones, or a slice under somebody else's hands.</summary>
    public bool AreCurrent(Service now, int topologyNow, IReadOnlyCollection<EndpointSlice> known) =>
        ReferenceEquals(_service, now) && _topology == topologyNow && known.Count == _known.Count
        && known.All(s => _known.GetValueOrDefault(s.Metadata.Name).Version == s.Metadata.ResourceVersion);

    public string? SliceOf(string pod, string family) => _slices.GetValueOrDefault((pod, family));

    public void Put(EndpointSlice slice, EndpointSlice? before = null)
    {
        foreach (var pod in PodsOf(before))
            if (SliceOf(pod, slice.AddressType) == slice.Metadata.Name) _slices.Remove((pod, slice.AddressType));
        foreach (var pod in PodsOf(slice)) _slices[(pod, slice.AddressType)] = slice.Metadata.Name;
        _known[slice.Metadata.Name] = (slice.Metadata.ResourceVersion, SliceGroup.KeyOf(slice.AddressType, slice.Ports ?? []), slice.Endpoints.OrEmpty().Count);
    }

    public void Remove(EndpointSlice slice)
    {
        foreach (var pod in PodsOf(slice))
            if (SliceOf(pod, slice.AddressType) == slice.Metadata.Name) _slices.Remove((pod, slice.AddressType));
        _known.Remove(slice.Metadata.Name);
    }

    private static IEnumerable<string> PodsOf(EndpointSlice? slice) => (slice?.Endpoints).OrEmpty().Select(e => e.TargetRef?.Name).OfType<string>();
}
