using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Rules;

/// <summary>The sentences of nftables that the tables are made of; nobody else writes rules.</summary>
internal sealed class RuleTexts(CompileOptions options)
{
    public uint MasqueradeMark => 1u << options.MasqueradeBit;

    /// <summary>What looks a packet up in the maps of addresses or of node ports.</summary>
    public static string KeyOf(IPFamily family, bool nodePort) =>
        nodePort ? "meta l4proto . th dport" : $"{family.Nft()} daddr . meta l4proto . th dport";

    /// <summary>
    /// What maps of one protocol are looked up by. They are one per protocol because nft 1.0 cannot read a map back whose
    /// value's type is that of a port of any protocol ("th dport").
    /// </summary>
    public static string KeyOf(IPFamily family, bool nodePort, Protocol protocol) =>
        nodePort ? $"{protocol.Nft()} dport" : $"{family.Nft()} daddr . {protocol.Nft()} dport";

    /// <summary>A chain that sends a packet for a frontend like this one to a random one of its first n endpoints.</summary>
    public Chain Choice(Frontend frontend, Traffic traffic, int count)
    {
        var (family, nodePort, protocol) = (frontend.Family, frontend.IsNodePort, frontend.Protocol);
        string map = traffic == Traffic.Inside ? Names.InsideEndpoints(nodePort, protocol) : Names.Endpoints(nodePort, protocol);
        return new Chain(family, Names.Choice(traffic, nodePort, protocol, count),
        [
            .. Masquerade(family, traffic),
            $"dnat {family.Nft()} to {KeyOf(family, nodePort, protocol)} . numgen random mod {count} map @{map}",
        ]);
    }

    public Chain AffinityChoice(Frontend frontend, Traffic traffic, string name, IReadOnlyList<string> endpoints)
    {
        string source = $"{frontend.Family.Nft()} saddr";
        var choices = endpoints.Select((e, i) => $"{i} : goto {e}");
        return new Chain(frontend.Family, name,
        [
            .. Masquerade(frontend.Family, traffic),
            .. endpoints.Select(e => $"{source} @{e}-clients goto {e}"),
            $"numgen random mod {endpoints.Count} vmap {{ {string.Join(", ", choices)} }}",
        ]);
    }

    public static Chain AffinityEndpoint(Frontend frontend, string name, Target target)
    {
        string address = frontend.Family == IPFamily.V6 ? $"[{target.Address}]" : target.Address.ToString();
        return new Chain(frontend.Family, name,
        [
            $"update @{name}-clients {{ {frontend.Family.Nft()} saddr }}",
            $"meta l4proto {frontend.Protocol.Nft()} dnat to {address}:{target.Port}",
        ]);
    }

    /// <summary>Lets the ranges through and drops the rest. A node inside the ranges may also speak from the balancer's address.</summary>
    public Chain Firewall(FrontendRule rule)
    {
        var family = rule.Frontend.Family;
        var ranges = rule.SourceRanges.Select(r => r.ToString());
        if (options.NodeAddresses.Any(a => rule.SourceRanges.Any(r => r.Contains(a)))) ranges = ranges.Append($"{rule.Frontend.Address}");
        return new Chain(family, Names.Firewall(rule.Frontend, rule.SourceRanges),
            [$"{family.Nft()} saddr {{ {string.Join(", ", ranges.Distinct())} }} return", "drop"]);
    }

    /// <summary>The packets that come from this node's network of pods; null when it is not known.</summary>
    public string? FromPods(IPFamily family, string relation = "")
    {
        if (options.PodInterface is { } name) return $"iifname {relation}\"{name}\"";
        var cidrs = options.PodCidrsOf(family).Select(c => c.ToString()).ToList();
        return cidrs.Count == 0 ? null : $"{family.Nft()} saddr {relation}{{ {string.Join(", ", cidrs)} }}";
    }

    /// <summary>
    /// Packets of pods that the kernel takes for none of the connection they are in. A client that got one from the endpoint itself
    /// instead of the Service would reset the endpoint's connection. Null: they pass.
    /// </summary>
    public string? Invalid(IPFamily family) => options.DropInvalid && FromPods(family) is { } pods ? $"{pods} meta l4proto tcp ct state invalid" : null;

    public IEnumerable<string> ServiceCidrs(IPFamily family) =>
        options.ServiceCidrs.Where(c => IPFamilies.Of(c.BaseAddress) == family).Select(c => c.ToString());

    /// <summary>The packets to an address on which node ports answer.</summary>
    public string ToNodePort(IPFamily family)
    {
        string ip = family.Nft();
        bool loopback = options.LocalhostNodePorts && family == IPFamily.V4;
        string notLoopback = loopback ? "" : $" {ip} daddr != {family.Loopback()}";
        var only = options.NodePortAddresses.Where(c => IPFamilies.Of(c.BaseAddress) == family).Select(c => c.ToString()).ToList();
        string chosen = only.Count == 0 ? "" : $" {ip} daddr {{ {string.Join(", ", only)} }}";
        return $"fib daddr type local{notLoopback}{chosen}";
    }

    private IEnumerable<string> Masquerade(IPFamily family, Traffic traffic)
    {
        string? when = traffic switch
        {
            Traffic.External => "",
            Traffic.Cluster => options.MasqueradeAll ? "" : FromPods(family, "!= ") is { } outside ? outside + " " : null,
            Traffic.Inside => "fib saddr type local ",
            _ => null,
        };
        return when is null ? [] : [$"{when}jump {Names.MarkMasquerade}"];
    }

}
