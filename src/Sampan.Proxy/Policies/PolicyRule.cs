using System.Collections.Immutable;
using System.Net;
using Sampan.Api;
using Sampan.Api.Networking.V1;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Policies;

/// <summary>One rule of a policy: some peers through some ports. Without peers it means everyone, without ports everything.</summary>
internal sealed record PolicyRule
{
    public bool FromEveryone { get; init; }

    public ImmutableArray<PeerSelector> Selectors { get; init; } = [];

    public ImmutableArray<AddressRange> Blocks { get; init; } = [];

    public ImmutableArray<PolicyPort> Ports { get; init; } = [];

    public static PolicyRule Of(string policyNamespace, List<NetworkPolicyPeer>? peers, List<NetworkPolicyPort>? ports) => new()
    {
        FromEveryone = peers is null or { Count: 0 },
        Selectors = [.. peers.OrEmpty().Where(p => p.IpBlock is null).Select(p => new PeerSelector(policyNamespace, p))],
        Blocks = [.. peers.OrEmpty().SelectMany(p => p.IpBlock is { } block ? Ranges(block) : [])],
        Ports = [.. ports.OrEmpty().Select(PolicyPort.Of)],
    };

    private static IEnumerable<AddressRange> Ranges(IPBlock block) => Cidr.Parse(block.Cidr) is { } cidr
        ? AddressRanges.Except(cidr, block.Except.OrEmpty().Select(Cidr.Parse).OfType<IPNetwork>())
        : [];
}
