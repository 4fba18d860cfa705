using Sampan.Api.Discovery.V1;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>Endpoints of one address family that share the same ports: what goes into one chain of slices.</summary>
internal sealed record SliceGroup(string AddressType, List<EndpointPort> Ports, List<Endpoint> Endpoints)
{
    /// <summary>A key that is equal for equal families and ports.</summary>
    public string Key { get; } = KeyOf(AddressType, Ports);

    /// <summary>The slice is of this family and has these ports.</summary>
    public bool Holds(EndpointSlice slice) =>
        slice.AddressType == AddressType && (HasPorts(slice.Ports ?? []) || KeyOf(slice.AddressType, slice.Ports ?? []) == Key);

    public bool HasPorts(List<EndpointPort> ports) => ports.Count == Ports.Count && !ports.Where((port, i) => !port.DeepEquals(Ports[i])).Any();

    public static string KeyOf(string addressType, IReadOnlyList<EndpointPort> ports) => addressType + "|" + string.Join(
        '|', ports.Select(p => $"{p.Name}/{p.Protocol ?? "TCP"}/{p.Port}/{p.AppProtocol}").Order(StringComparer.Ordinal));
}
