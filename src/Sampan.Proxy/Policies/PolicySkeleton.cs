using System.Text;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Policies;

/// <summary>
/// The part of the table of policies that never changes. Policies judge only what is forwarded, so that what the node itself
/// sends to its pods, probes above all, is never cut.
/// <code>
/// forward ─ -20 egress:  saddr → egress-pods  → group of the sender   → its policies → accept, or deny
///           -19 ingress: daddr → ingress-pods → group of the receiver → its policies → accept, or deny
///           -18 allowed
/// </code>
/// Every packet from the one who began a connection is judged, so that a change of policies acts on connections that exist.
/// A denied connection is marked, which holds the answers back too, until a packet of it passes again.
/// </summary>
internal static class PolicySkeleton
{
    private const string Denied = "0x00010000";
    private const string NotDenied = "0xfffeffff";

    public static void Write(StringBuilder text, IPFamily family, string marker)
    {
        string table = $"{family.Nft()} {PolicyNames.Table}";
        text.Append($"add table {table}\ndelete table {table}\nadd table {table}\n");
        foreach (var direction in Enum.GetValues<Direction>())
            text.Append($"add map {table} {PolicyNames.Pods(direction)} {{ type {family.AddressType()} : verdict; }}\n");
        text.Append($"add set {table} {PolicyNames.Selves} {{ type {family.AddressType()} . {family.AddressType()}; }}\n");
        var chains = Chains(family, marker).ToList();
        foreach (var chain in chains) text.Append($"add chain {table} {chain.Name}{chain.Hook}\n");
        foreach (var chain in chains)
        {
            foreach (string rule in chain.Rules) text.Append($"add rule {table} {chain.Name} {rule}\n");
        }
    }

    private static IEnumerable<(string Name, string Hook, IReadOnlyList<string> Rules)> Chains(IPFamily family, string marker)
    {
        string ip = family.Nft();
        yield return (marker, "", []);
        yield return (PolicyNames.Deny, "", [$"ct mark set ct mark | {Denied}", "drop"]);
        yield return (PolicyNames.Hook(Direction.Egress), Hook(-20),
        [
            $"ct direction reply ct mark & {Denied} == {Denied} drop",
            .. Exempt(family),
            $"{ip} saddr vmap @{PolicyNames.Pods(Direction.Egress)}",
        ]);
        yield return (PolicyNames.Hook(Direction.Ingress), Hook(-19),
            [.. Exempt(family), $"{ip} daddr vmap @{PolicyNames.Pods(Direction.Ingress)}"]);
        yield return ("allowed", Hook(-18),
            [$"ct direction original ct mark & {Denied} == {Denied} ct mark set ct mark & {NotDenied}"]);
    }

    private static IEnumerable<string> Exempt(IPFamily family)
    {
        yield return "ct direction reply accept";
        yield return "ct state related accept";

        // Without neighbour discovery pods of one bridge would not find each other, nor their gateway.
        if (family == IPFamily.V6)
            yield return "icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept";
        yield return $"{family.Nft()} saddr . {family.Nft()} daddr @{PolicyNames.Selves} accept";
    }

    private static string Hook(int priority) => $" {{ type filter hook forward priority {priority}; policy accept; }}";
}
