using System.Collections.Immutable;
using System.Net;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Compile;

/// <summary>What the rules depend on besides Services and endpoints: the node and the settings of the proxy.</summary>
internal sealed record CompileOptions
{
    public required string NodeName { get; init; }

    public string? Zone { get; init; }

    /// <summary>The node's own addresses; traffic among them needs no hairpin.</summary>
    public ImmutableHashSet<IPAddress> NodeAddresses { get; init; } = [];

    /// <summary>The addresses of pods; traffic from elsewhere to a cluster IP is masqueraded. Empty: nobody is known to be a pod.</summary>
    public ImmutableArray<IPNetwork> PodCidrs { get; init; } = [];

    /// <summary>The interface that pods send from, as nftables writes it (<c>sampan0</c>, <c>veth*</c>); null: addresses tell.</summary>
    public string? PodInterface { get; init; }

    /// <summary>Whether the addresses of pods are those that the Node object names.</summary>
    public bool PodCidrsOfNode { get; init; }

    public bool MasqueradeAll { get; init; }

    /// <summary>The bit of the packet mark for what is masqueraded.</summary>
    public int MasqueradeBit { get; init; } = 14;

    /// <summary>The local addresses on which node ports answer; empty means all of them.</summary>
    public ImmutableArray<IPNetwork> NodePortAddresses { get; init; } = [];

    /// <summary>The ranges that Services get their addresses from; what is sent to an address of theirs that no Service has is dropped.</summary>
    public ImmutableArray<IPNetwork> ServiceCidrs { get; init; } = [];

    /// <summary>Whether node ports answer on the loopback address too, for IPv4.</summary>
    public bool LocalhostNodePorts { get; init; }

    /// <summary>Whether packets of pods that are outside the window of their connection are dropped.</summary>
    public bool DropInvalid { get; init; } = true;

    public ImmutableArray<IPFamily> Families { get; init; } = [IPFamily.V4, IPFamily.V6];

    public IEnumerable<IPNetwork> PodCidrsOf(IPFamily family) => PodCidrs.Where(c => IPFamilies.Of(c.BaseAddress) == family);
}
