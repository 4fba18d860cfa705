using System.Net;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;
using IPAddress = System.Net.IPAddress;

namespace Sampan.Proxy.Tests.Fakes;

/// <summary>What the API's rules say about a packet, straight from the objects, worked out packet by packet.</summary>
internal sealed class Oracle(IEnumerable<Offer> offers, CompileOptions options)
{
    // The first Service by name owns an address that several claim.
    private readonly IReadOnlyList<Offer> _offers = [.. offers.Where(IsProxied).OrderBy(o => o.Service.Metadata.Name, StringComparer.Ordinal)];

    public PacketVerdict Judge(Packet packet)
    {
        if (Find(packet) is not var (offer, port, way))
            return _offers.Any(o => Has(o.Service.Spec.ClusterIPs, packet.Destination)) ? PacketVerdict.Reject : PacketVerdict.Pass;
        var endpoints = Endpoints(offer, port, IPFamilies.Of(packet.Destination));
        return way switch
        {
            Way.ClusterIP => Internal(packet, offer.Service.Spec, endpoints),
            Way.LoadBalancer when !IsLetIn(packet, offer.Service.Spec) => PacketVerdict.Drop,
            _ => External(packet, offer.Service.Spec, endpoints),
        };
    }

    /// <summary>Whether the second connection of a client goes where its first one went.</summary>
    public bool IsSticky(Packet packet) => Find(packet) is var (offer, _, _) && offer.Service.Spec.SessionAffinity == "ClientIP";

    private (Offer Offer, ServicePort Port, Way Way)? Find(Packet packet)
    {
        foreach (var offer in _offers.Where(o => o.Service.Spec.ClusterIPs!.Exists(a => IsOf(a, packet))))
        {
            var spec = offer.Service.Spec;
            foreach (var port in spec.Ports!.Where(p => ProtocolNames.Parse(p.Protocol) == packet.Protocol))
            {
                if (port.Port == packet.Port && Has(spec.ClusterIPs, packet.Destination)) return (offer, port, Way.ClusterIP);
                if (port.Port == packet.Port && Has(spec.ExternalIPs, packet.Destination)) return (offer, port, Way.External);
                if (port.Port == packet.Port && Has(Balancers(offer.Service), packet.Destination)) return (offer, port, Way.LoadBalancer);
                if (spec.Type != "ClusterIP" && port.NodePort == packet.Port && AnswersNodePorts(packet.Destination)) return (offer, port, Way.External);
            }
        }

        return null;
    }

    private static bool IsProxied(Offer offer) =>
        offer.Service.Spec is { Type: not "ExternalName", ClusterIP: not "None" }
        && offer.Service.Metadata.Labels?.ContainsKey("service.kubernetes.io/service-proxy-name") != true;

    private static List<string> Balancers(Service service) =>
        [.. service.Status?.LoadBalancer?.Ingress?.Where(i => i.IpMode != "Proxy").Select(i => i.Ip!) ?? []];

    private static bool Has(List<string>? addresses, IPAddress address) => addresses?.Exists(a => IPAddress.Parse(a).Equals(address)) == true;

    private static bool IsOf(string address, Packet packet) => IPAddress.Parse(address).AddressFamily == packet.Destination.AddressFamily;

    private bool AnswersNodePorts(IPAddress address)
    {
        var ranges = options.NodePortAddresses.Where(r => r.BaseAddress.AddressFamily == address.AddressFamily).ToList();
        return options.NodeAddresses.Contains(address) && (ranges.Count == 0 || ranges.Exists(r => r.Contains(address)));
    }

    private static bool IsLetIn(Packet packet, ServiceSpec spec)
    {
        var ranges = spec.LoadBalancerSourceRanges.OrEmpty().Select(r => IPNetwork.Parse(r.Trim())).Where(r => r.BaseAddress.AddressFamily == packet.Source.AddressFamily).ToList();
        return ranges.Count == 0 || ranges.Exists(r => r.Contains(packet.Source));
    }

    private PacketVerdict Internal(Packet packet, ServiceSpec spec, List<Backend> endpoints)
    {
        if (!endpoints.Exists(IsUsable)) return PacketVerdict.Reject;
        var candidates = spec.InternalTrafficPolicy == "Local" ? Best(endpoints.FindAll(e => e.Local)) : Nearest(endpoints);
        return candidates.Count == 0 ? PacketVerdict.Drop : To(candidates, options.MasqueradeAll || !IsPod(packet.Source));
    }

    private PacketVerdict External(Packet packet, ServiceSpec spec, List<Backend> endpoints)
    {
        if (!endpoints.Exists(IsUsable)) return PacketVerdict.Reject;
        if (spec.ExternalTrafficPolicy != "Local") return To(Nearest(endpoints), masquerade: true);
        if (packet.FromNode || IsPod(packet.Source)) return To(Nearest(endpoints), masquerade: packet.FromNode);
        var local = Best(endpoints.FindAll(e => e.Local));
        return local.Count == 0 ? PacketVerdict.Drop : To(local, masquerade: false);
    }

    private bool IsPod(IPAddress address) => options.PodInterface is not null ? World.IsLocalPod(address) : options.PodCidrs.Any(c => c.Contains(address));

    /// <summary>An address in several slices counts once: as one that does not terminate, then as a ready one, where there is such a one.</summary>
    private List<Backend> Endpoints(Offer offer, ServicePort port, IPFamily family)
    {
        var all =
            from slice in offer.Slices
            where slice.AddressType == $"IP{family.ToString().ToLowerInvariant()}"
            from number in slice.Ports.OrEmpty().Where(p => p.Name == port.Name && p.Protocol == port.Protocol)
            from endpoint in slice.Endpoints.OrEmpty()
            let ready = endpoint.Conditions?.Ready ?? true
            select new Backend(
                $"{endpoint.Addresses[0]}:{number.Port}", ready, endpoint.Conditions?.Serving ?? true, endpoint.Conditions?.Terminating ?? false, endpoint.NodeName == options.NodeName,
                [.. endpoint.Hints?.ForNodes?.Select(n => n.Name) ?? []], [.. endpoint.Hints?.ForZones?.Select(z => z.Name) ?? []]);
        return [.. all.GroupBy(e => e.Target).Select(g => g.OrderBy(e => e.Terminating).ThenByDescending(e => e.Ready).First() with { Local = g.Any(e => e.Local) })];
    }

    private List<Backend> Nearest(List<Backend> endpoints)
    {
        var ready = endpoints.FindAll(e => e.Ready);
        if (ready.Count == 0) return Best(endpoints);
        var onNode = ready.FindAll(e => e.Nodes.Contains(options.NodeName));
        if (ready.TrueForAll(e => e.Nodes.Count > 0) && onNode.Count > 0) return onNode;
        var inZone = ready.FindAll(e => e.Zones.Contains(options.Zone!));
        return ready.TrueForAll(e => e.Zones.Count > 0) && inZone.Count > 0 ? inZone : ready;
    }

    private static List<Backend> Best(List<Backend> endpoints)
    {
        var ready = endpoints.FindAll(e => e.Ready);
        return ready.Count > 0 ? ready : endpoints.FindAll(IsUsable);
    }

    private static bool IsUsable(Backend endpoint) => endpoint.Ready || (endpoint.Serving && endpoint.Terminating);

    private static PacketVerdict To(IEnumerable<Backend> endpoints, bool masquerade) => PacketVerdict.To(endpoints.Select(e => e.Target), masquerade);

    private enum Way
    {
        ClusterIP,
        External,
        LoadBalancer,
    }

    private sealed record Backend(string Target, bool Ready, bool Serving, bool Terminating, bool Local, List<string> Nodes, List<string> Zones);
}
