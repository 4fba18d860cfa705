using System.Net;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.ControllerManager.EndpointSlices;
using EndpointPort = Sampan.Api.Discovery.V1.EndpointPort;

namespace Sampan.ControllerManager.EndpointSliceMirroring;

/// <summary>The subsets of Endpoints sorted by address family and ports; at most 1000 addresses of a subset, the ready ones first.</summary>
internal sealed class MirroredGroups
{
    public const int MaxPerSubset = 1000;
    private readonly Dictionary<string, SliceGroup> _groups = [];
    private readonly HashSet<(string Group, string Address)> _known = [];

    private MirroredGroups()
    {
    }

    public List<SliceGroup> Groups => [.. _groups.Values];

    /// <summary>How many were left out since they are no addresses.</summary>
    public int InvalidAddresses { get; private set; }

    /// <summary>How many were left out since a subset has too many.</summary>
    public int SkippedAddresses { get; private set; }

    public static MirroredGroups Of(Sampan.Api.Core.V1.Endpoints endpoints)
    {
        var mirrored = new MirroredGroups();
        foreach (var subset in endpoints.Subsets.OrEmpty()) mirrored.Add(subset);
        return mirrored;
    }

    private void Add(EndpointSubset subset)
    {
        var ports = subset.Ports.OrEmpty().Select(PortOf).ToList();
        var ready = subset.Addresses.OrEmpty().Select(a => (Address: a, Ready: true));
        var waiting = subset.NotReadyAddresses.OrEmpty().Select(a => (Address: a, Ready: false));
        var added = 0;
        foreach (var (address, isReady) in ready.Concat(waiting))
        {
            if (added == MaxPerSubset) SkippedAddresses++;
            else if (!IPAddress.TryParse(address.Ip, out _)) InvalidAddresses++;
            else
            {
                added++;
                Add(ports, address, isReady);
            }
        }
    }

    private void Add(List<EndpointPort> ports, EndpointAddress address, bool isReady)
    {
        var group = new SliceGroup(ServiceEndpoints.FamilyOf(address.Ip), ports, []);
        if (!_groups.TryAdd(group.Key, group)) group = _groups[group.Key];
        if (!_known.Add((group.Key, address.Ip))) return;
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
