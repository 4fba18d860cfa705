using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.ControllerManager.EndpointSlices;
using EndpointPort = Sampan.Api.Discovery.V1.EndpointPort;

namespace Sampan.ControllerManager.EndpointSliceMirroring;

/// <summary>Sorts the subsets of Endpoints by address family and ports; at most 1000 addresses of a subset.</summary>
internal static class MirroredGroups
{
    private const int MaxPerSubset = 1000;

    public static List<SliceGroup> Of(Sampan.Api.Core.V1.Endpoints endpoints)
    {
        var groups = new Dictionary<string, SliceGroup>();
        foreach (var subset in endpoints.Subsets.OrEmpty())
        {
            var ports = subset.Ports.OrEmpty().Select(PortOf).ToList();
            var ready = subset.Addresses.OrEmpty().Select(a => (Address: a, Ready: true));
            var waiting = subset.NotReadyAddresses.OrEmpty().Select(a => (Address: a, Ready: false));
            foreach (var (address, isReady) in ready.Concat(waiting).Take(MaxPerSubset)) Add(groups, ports, address, isReady);
        }

        return [.. groups.Values];
    }

    private static void Add(Dictionary<string, SliceGroup> groups, List<EndpointPort> ports, EndpointAddress address, bool isReady)
    {
        var group = new SliceGroup(ServiceEndpoints.FamilyOf(address.Ip), ports, []);
        if (!groups.TryAdd(group.Key, group)) group = groups[group.Key];
        if (group.Endpoints.Exists(e => e.Addresses[0] == address.Ip)) return;
        group.Endpoints.Add(new Endpoint
        {
            Addresses = [address.Ip],
            Conditions = new EndpointConditions { Ready = isReady },
            Hostname = string.IsNullOrEmpty(address.Hostname) ? null : address.Hostname,
            TargetRef = address.TargetRef?.DeepClone(),
            NodeName = address.NodeName,
        });
    }

    private static EndpointPort PortOf(Sampan.Api.Core.V1.EndpointPort port) =>
        new() { Name = port.Name ?? "", Port = port.Port, Protocol = port.Protocol ?? "TCP", AppProtocol = port.AppProtocol };
}
