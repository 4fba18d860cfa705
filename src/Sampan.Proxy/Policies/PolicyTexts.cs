using Sampan.Api;
using Sampan.Proxy.Model;
using Sampan.Proxy.Rules;

namespace Sampan.Proxy.Policies;

/// <summary>The sentences of nftables that policies become.</summary>
internal static class PolicyTexts
{
    /// <summary>What one policy allows in one direction: each sentence is one way to be let through.</summary>
    public static Chain Policy(IPFamily family, Direction direction, PolicyView policy) => new(
        family,
        PolicyNames.Policy(direction, policy.Key),
        [.. policy.Rules(direction)!.Value.SelectMany(rule => Allow(family, direction, rule)).Distinct()]);

    /// <summary>Tries the policies of a group of pods one after the other.</summary>
    public static Chain Group(IPFamily family, Direction direction, IReadOnlyList<ObjectKey> policies) => new(
        family,
        PolicyNames.Group(direction, policies),
        [
            .. policies.Select(p => $"jump {PolicyNames.Policy(direction, p)} comment \"{Comment(p)}\""),
            $"goto {PolicyNames.Deny}",
        ]);

    private static IEnumerable<string> Allow(IPFamily family, Direction direction, PolicyRule rule) =>
        from peer in Peers(family, direction, rule)
        from port in Ports(family, rule)
        select $"{peer}{port}accept";

    private static IEnumerable<string> Peers(IPFamily family, Direction direction, PolicyRule rule)
    {
        if (rule.FromEveryone) yield return "";
        string address = $"{family.Nft()} {(direction == Direction.Ingress ? "saddr" : "daddr")}";
        foreach (var selector in rule.Selectors) yield return $"{address} @{PolicyNames.Peers(selector)} ";
        var blocks = AddressRanges.Merge(rule.Blocks.Where(b => b.Family == family));
        if (blocks is [{ IsWholeFamily: true }]) yield return "";
        else if (blocks.Count > 0) yield return $"{address} {{ {string.Join(", ", blocks)} }} ";
    }

    private static IEnumerable<string> Ports(IPFamily family, PolicyRule rule)
    {
        if (rule.Ports.IsEmpty) yield return "";
        foreach (var ports in rule.Ports.GroupBy(p => p.Protocol))
        {
            string protocol = ports.Key.Nft();
            foreach (var name in ports.Where(p => p.PortName is not null))
                yield return $"{family.Nft()} daddr . {protocol} dport @{PolicyNames.Port(name)} ";
            var numbers = ports.Where(p => p.PortName is null).ToList();
            if (numbers.Exists(p => p.IsEveryPort)) yield return $"meta l4proto {protocol} ";
            else if (numbers.Count > 0) yield return $"{protocol} dport {{ {string.Join(", ", Merge(numbers))} }} ";
        }
    }

    private static IEnumerable<string> Merge(IEnumerable<PolicyPort> ports)
    {
        var merged = new List<(int First, int Last)>();
        foreach (var port in ports.OrderBy(p => p.First))
        {
            if (merged.Count > 0 && port.First <= merged[^1].Last + 1)
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, port.Last));
            else
                merged.Add((port.First, port.Last));
        }

        return merged.Select(p => p.First == p.Last ? $"{p.First}" : $"{p.First}-{p.Last}");
    }

    private static string Comment(ObjectKey policy) => policy.ToString() is { Length: > 127 } text ? text[..127] : policy.ToString();
}
