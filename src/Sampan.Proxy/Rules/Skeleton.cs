using System.Text;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Rules;

/// <summary>
/// The part of a table that never changes: maps, base chains, and the way of a packet through them.
/// <code>
/// prerouting, output ─ -110 filter ─ check:    firewalls → refused → refused-outside
///                      -100 nat ──── dispatch: inside-services → services → nodeport-services → a choice → dnat
/// forward ──────────── -91  filter ─ what pods send out of the window of its connection is dropped: it would not be translated
/// forward, output ──── -90  filter ─ unknown ports of cluster IPs are refused; what is for an address that no Service has is dropped
/// postrouting ──────── 100  nat ──── hairpin and marked packets are masqueraded
/// </code>
/// </summary>
internal sealed class Skeleton(RuleTexts texts, string marker)
{
    private static readonly string[] UnknownHooks = ["filter-forward", "filter-output-after-dnat"];

    /// <summary>An empty chain whose name tells that the table is the one that this process wrote.</summary>
    public string Marker => marker;

    /// <summary>
    /// Commands for after the table took another one's place: packets that were on their way then passed between the two, and are
    /// dropped until these commands have them refused, so that their senders try again.
    /// </summary>
    public void WriteRefusal(StringBuilder text, IPFamily family)
    {
        string table = $"{family.Nft()} {Names.Table}";
        foreach (string chain in UnknownHooks)
        {
            text.Append($"flush chain {table} {chain}\n");
            foreach (string rule in Unknown(family, $"goto {Names.Refuse}")) text.Append($"add rule {table} {chain} {rule}\n");
        }
    }

    /// <summary>Commands that replace whatever the table holds, in the same transaction as what follows them.</summary>
    public void Write(StringBuilder text, IPFamily family)
    {
        string table = $"{family.Nft()} {Names.Table}";
        text.Append($"add table {table}\ndelete table {table}\nadd table {table}\n");
        foreach (var (name, spec) in Maps(family)) text.Append($"add map {table} {name} {{ {spec} }}\n");
        text.Append($"add set {table} {Names.ClusterIPs} {{ type {family.AddressType()}; }}\n");
        text.Append($"add set {table} {Names.HairpinPods} {{ type {family.AddressType()} . {family.AddressType()}; }}\n");
        var chains = Chains(family).ToList();
        foreach (var chain in chains) text.Append($"add chain {table} {chain.Name}{chain.Hook}\n");
        foreach (var chain in chains)
        {
            foreach (string rule in chain.Rules) text.Append($"add rule {table} {chain.Name} {rule}\n");
        }
    }

    private static IEnumerable<(string Name, string Spec)> Maps(IPFamily family)
    {
        foreach (bool nodePort in new[] { false, true })
        {
            foreach (var protocol in Enum.GetValues<Protocol>())
            {
                string index = $"{RuleTexts.KeyOf(family, nodePort, protocol)} . numgen random mod 65536";
                string endpoint = $"typeof {index} : {family.Nft()} daddr . {protocol.Nft()} dport;";
                yield return (Names.Endpoints(nodePort, protocol), endpoint);
                yield return (Names.InsideEndpoints(nodePort, protocol), endpoint);
            }

            string key = RuleTexts.KeyOf(family, nodePort);
            yield return (Names.Services(nodePort), $"typeof {key} : verdict;");
            yield return (Names.InsideServices(nodePort), $"typeof {key} : verdict;");
            yield return (Names.Refused(nodePort), $"typeof {key} : verdict;");
            yield return (Names.RefusedOutside(nodePort), $"typeof {key} : verdict;");
        }

        yield return (Names.Firewalls, $"typeof {RuleTexts.KeyOf(family, nodePort: false)} : verdict;");
    }

    private IEnumerable<(string Name, string Hook, IReadOnlyList<string> Rules)> Chains(IPFamily family)
    {
        uint mark = texts.MasqueradeMark;
        string ip = family.Nft();
        yield return (Marker, "", []);
        yield return (Names.MarkMasquerade, "", [$"meta mark set meta mark | 0x{mark:x8}"]);

        // A reset also reaches a local client at once; an ICMP error would find its socket locked, and wait for a retry.
        yield return (Names.Refuse, "", ["meta l4proto tcp reject with tcp reset", "reject"]);
        yield return ("inside", "", [.. Lookups(family, Names.InsideServices)]);
        yield return ("dispatch", "", [.. FromInside(family, "jump inside"), .. Lookups(family, Names.Services)]);
        yield return ("check", "",
        [
            $"{RuleTexts.KeyOf(family, nodePort: false)} vmap @{Names.Firewalls}",
            .. Lookups(family, Names.Refused),
            .. FromInside(family, "return"),
            .. Lookups(family, Names.RefusedOutside),
        ]);
        yield return ("filter-prerouting", Hook("filter", "prerouting", -110), ["ct state new jump check"]);
        yield return ("filter-output", Hook("filter", "output", -110), ["ct state new jump check"]);
        if (texts.Invalid(family) is { } invalid) yield return ("filter-invalid", Hook("filter", "forward", -91), [$"{invalid} drop"]);
        yield return ("filter-forward", Hook("filter", "forward", -90), [.. Unknown(family, "drop")]);
        yield return ("filter-output-after-dnat", Hook("filter", "output", -90), [.. Unknown(family, "drop")]);
        yield return ("nat-prerouting", Hook("nat", "prerouting", -100), ["jump dispatch"]);
        yield return ("nat-output", Hook("nat", "output", -100), ["jump dispatch"]);
        yield return ("nat-postrouting", Hook("nat", "postrouting", 100),
        [
            $"{ip} saddr . {ip} daddr @{Names.HairpinPods} masquerade fully-random",
            $"meta mark & 0x{mark:x8} != 0x{mark:x8} return",
            $"meta mark set meta mark & 0x{~mark:x8}",
            "masquerade fully-random",
        ]);
    }

    /// <summary>
    /// What no rule translated. A packet that is dropped here leaves the kernel no flow: the next one of its sender meets the rules of
    /// a Service that is there by then.
    /// </summary>
    private IEnumerable<string> Unknown(IPFamily family, string verdict) =>
    [
        $"ct state new {family.Nft()} daddr @{Names.ClusterIPs} {verdict}",
        .. texts.ServiceCidrs(family).Select(cidr => $"ct state new {family.Nft()} daddr {cidr} drop"),
    ];

    private static string Hook(string type, string hook, int priority) =>
        $" {{ type {type} hook {hook} priority {priority}; policy accept; }}";

    private IEnumerable<string> Lookups(IPFamily family, Func<bool, string> map) =>
    [
        $"{RuleTexts.KeyOf(family, nodePort: false)} vmap @{map(false)}",
        $"{texts.ToNodePort(family)} {RuleTexts.KeyOf(family, nodePort: true)} vmap @{map(true)}",
    ];

    private IEnumerable<string> FromInside(IPFamily family, string verdict)
    {
        if (texts.FromPods(family) is { } pods) yield return $"{pods} {verdict}";
        yield return $"fib saddr type local {verdict}";
    }
}
