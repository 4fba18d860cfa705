using System.Net;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Tests.Fakes;

/// <summary>What the API's rules say about a packet, worked out packet by packet and without any table.</summary>
internal sealed class Oracle(
    IReadOnlyList<(ServicePortView Port, IReadOnlyList<EndpointView> Endpoints)> ports, CompileOptions options)
{
    public PacketVerdict Judge(Packet packet)
    {
        // The first Service by name owns an address that several claim.
        foreach (var (port, endpoints) in ports.OrderBy(p => p.Port.Service))
        {
            if (port.Protocol != packet.Protocol) continue;
            bool samePort = port.Port == packet.Port;
            if (samePort && port.ClusterIP.Equals(packet.Destination)) return Internal(packet, port, endpoints);
            if (samePort && port.ExternalIPs.Contains(packet.Destination)) return External(packet, port, endpoints);
            if (samePort && port.LoadBalancerIPs.Contains(packet.Destination)) return LoadBalancer(packet, port, endpoints);
            if (port.NodePort == packet.Port && options.NodeAddresses.Contains(packet.Destination) && AnswersNodePorts(packet.Destination))
                return External(packet, port, endpoints);
        }

        return ports.Any(p => p.Port.ClusterIP.Equals(packet.Destination)) ? PacketVerdict.Reject : PacketVerdict.Pass;
    }

    /// <summary>Whether the second connection of a client goes where its first one went.</summary>
    public bool IsSticky(Packet packet) => ports.OrderBy(p => p.Port.Service).FirstOrDefault(p => IsFor(packet, p.Port)).Port?.AffinitySeconds is not null;

    private bool IsFor(Packet packet, ServicePortView port) => port.Protocol == packet.Protocol
        && ((port.Port == packet.Port && port.ExternalIPs.Concat(port.LoadBalancerIPs).Append(port.ClusterIP).Contains(packet.Destination))
            || (port.NodePort == packet.Port && options.NodeAddresses.Contains(packet.Destination)));

    private PacketVerdict Internal(Packet packet, ServicePortView port, IReadOnlyList<EndpointView> endpoints)
    {
        if (!Usable(endpoints).Any()) return PacketVerdict.Reject;
        var candidates = port.InternalLocal ? Best(endpoints.Where(e => e.Local)) : Nearest(endpoints);
        return candidates.Count == 0 ? PacketVerdict.Drop : To(candidates, options.MasqueradeAll || !IsPod(packet.Source));
    }

    private bool AnswersNodePorts(IPAddress address) =>
        options.NodePortAddresses.IsEmpty || options.NodePortAddresses.Any(range => range.Contains(address));

    private PacketVerdict LoadBalancer(Packet packet, ServicePortView port, IReadOnlyList<EndpointView> endpoints)
    {
        bool allowed = port.SourceRanges.IsEmpty || port.SourceRanges.Any(r => r.Contains(packet.Source));
        return allowed ? External(packet, port, endpoints) : PacketVerdict.Drop;
    }

    private PacketVerdict External(Packet packet, ServicePortView port, IReadOnlyList<EndpointView> endpoints)
    {
        if (!Usable(endpoints).Any()) return PacketVerdict.Reject;
        if (!port.ExternalLocal) return To(Nearest(endpoints), masquerade: true);
        if (packet.FromNode || IsPod(packet.Source)) return To(Nearest(endpoints), masquerade: packet.FromNode);
        var local = Best(endpoints.Where(e => e.Local));
        return local.Count == 0 ? PacketVerdict.Drop : To(local, masquerade: false);
    }

    private bool IsPod(IPAddress address) => options.PodInterface is not null ? World.IsLocalPod(address) : options.PodCidrs.Any(c => c.Contains(address));

    private List<EndpointView> Nearest(IReadOnlyList<EndpointView> endpoints)
    {
        var ready = endpoints.Where(e => e.Ready).ToList();
        if (ready.Count == 0) return Best(endpoints);
        var onNode = ready.Where(e => e.NodeHints.Contains(options.NodeName)).ToList();
        if (ready.All(e => e.NodeHints.Length > 0) && onNode.Count > 0) return onNode;
        var inZone = ready.Where(e => e.ZoneHints.Contains(options.Zone!)).ToList();
        return ready.All(e => e.ZoneHints.Length > 0) && inZone.Count > 0 ? inZone : ready;
    }

    private static List<EndpointView> Best(IEnumerable<EndpointView> endpoints)
    {
        var all = endpoints.ToList();
        var ready = all.FindAll(e => e.Ready);
        return ready.Count > 0 ? ready : all.FindAll(e => e.Serving && e.Terminating);
    }

    private static IEnumerable<EndpointView> Usable(IEnumerable<EndpointView> endpoints) =>
        endpoints.Where(e => e.Ready || (e.Serving && e.Terminating));

    private static PacketVerdict To(IEnumerable<EndpointView> endpoints, bool masquerade) =>
        PacketVerdict.To(endpoints.Select(e => $"{e.Target.Address}:{e.Target.Port}"), masquerade);
}
