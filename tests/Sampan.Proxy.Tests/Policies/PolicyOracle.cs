using System.Net;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Networking.V1;
using Sampan.Api.Selectors;
using Sampan.Proxy.Tests.Fakes;
using IPAddress = System.Net.IPAddress;

namespace Sampan.Proxy.Tests.Policies;

/// <summary>What the API's rules say about a packet, straight from the objects.</summary>
internal sealed class PolicyOracle(PolicyWorld world)
{
    public bool Allows(Packet packet)
    {
        if (packet.Source.Equals(packet.Destination)) return true;
        var from = PodAt(packet.Source);
        var to = PodAt(packet.Destination);
        return Sends(packet, from, to) && Receives(packet, from, to);
    }

    private bool Sends(Packet packet, Pod? from, Pod? to)
    {
        var policies = Selecting(from, "Egress").ToList();
        return policies.Count == 0 || policies.Any(p => p.Spec.Egress.OrEmpty().Any(r =>
            Peer(p, r.To, packet.Destination, to) && Port(r.Ports, packet, to)));
    }

    private bool Receives(Packet packet, Pod? from, Pod? to)
    {
        var policies = Selecting(to, "Ingress").ToList();
        return policies.Count == 0 || policies.Any(p => p.Spec.Ingress.OrEmpty().Any(r =>
            Peer(p, r.From, packet.Source, from) && Port(r.Ports, packet, to)));
    }

    private IEnumerable<NetworkPolicy> Selecting(Pod? pod, string type) => pod?.Spec!.NodeName != PolicyWorld.Node ? [] :
        world.Policies.Values.Where(p => p.Metadata.Namespace == pod.Metadata.Namespace
            && p.Spec.PolicyTypes!.Contains(type) && Selector.From(p.Spec.PodSelector).Matches(pod.Metadata.Labels));

    private bool Peer(NetworkPolicy policy, List<NetworkPolicyPeer>? peers, IPAddress address, Pod? pod) =>
        peers is null or { Count: 0 } || peers.Exists(p => p.IpBlock is { } block ? InBlock(block, address) : pod is not null && IsMeant(policy, p, pod));

    private static bool InBlock(IPBlock block, IPAddress address) =>
        IPNetwork.Parse(block.Cidr).Contains(address) && !block.Except.OrEmpty().Any(e => IPNetwork.Parse(e).Contains(address));

    private bool IsMeant(NetworkPolicy policy, NetworkPolicyPeer peer, Pod pod)
    {
        string ns = pod.Metadata.Namespace;
        bool inNamespace = peer.NamespaceSelector is { } selector
            ? Selector.From(selector).Matches(world.Namespaces.GetValueOrDefault(ns)?.Metadata.Labels)
            : ns == policy.Metadata.Namespace;
        return inNamespace && (peer.PodSelector is null || Selector.From(peer.PodSelector).Matches(pod.Metadata.Labels));
    }

    private static bool Port(List<NetworkPolicyPort>? ports, Packet packet, Pod? to) =>
        ports is null or { Count: 0 } || ports.Exists(p => string.Equals(p.Protocol, $"{packet.Protocol}", StringComparison.OrdinalIgnoreCase) && p.Port switch
        {
            null => true,
            { IsString: true } name => to is not null && to.Spec!.Containers[0].Ports!.Exists(c =>
                c.Name == name.StringValue && c.Protocol == p.Protocol && c.ContainerPortValue == packet.Port),
            { } number => packet.Port >= number.IntValue && packet.Port <= (p.EndPort ?? number.IntValue),
        });

    private Pod? PodAt(IPAddress address) => world.Pods.Values.FirstOrDefault(p =>
        p.Spec!.HostNetwork != true && p.Status!.Phase == "Running" && p.Status.PodIPs!.Exists(i => IPAddress.Parse(i.Ip!).Equals(address)));
}
