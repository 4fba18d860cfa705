using Sampan.Network.Host;

namespace Sampan.Network;

/// <summary>
/// The tables <c>ip sampan-network</c> and <c>ip6 sampan-network</c>: masquerade what pods send outside the cluster, let it be
/// forwarded, and keep others from reaching the host's loopback address, which node ports on 127.0.0.1 open towards the bridge.
/// </summary>
internal static class PodNetworkRules
{
    private const string Table = "sampan-network";
    private static readonly string[] Families = ["ip", "ip6"];

    /// <summary>The table of an IP family without pods goes.</summary>
    public static string Install(PodNetworkOptions options, IReadOnlyList<PodSubnet> subnets) =>
        Remove() + string.Concat(subnets.Select(subnet => Of(subnet, options)));

    public static string Remove() => string.Concat(Families.Select(family => $"add table {family} {Table}\ndelete table {family} {Table}\n"));

    /// <summary>Nobody tells pods to look for Services among themselves.</summary>
    private static string KeepRedirects(string bridge) =>
        $$"""
          chain redirects {
            type filter hook output priority 0; policy accept;
            oifname "{{bridge}}" icmpv6 type nd-redirect drop
          }
        """;

    private static string Of(PodSubnet subnet, PodNetworkOptions options)
    {
        var (family, loopback, multicast) = subnet.IsV6 ? ("ip6", "::1", "ff00::/8") : ("ip", "127.0.0.0/8", "224.0.0.0/4");
        string all = options.ClusterCidr.Split(',').FirstOrDefault(c => c.Contains(':', StringComparison.Ordinal) == subnet.IsV6) ?? subnet.Cidr;
        return $$"""
            table {{family}} {{Table}} {
            {{(subnet.IsV6 ? KeepRedirects(options.Bridge) : "")}}
              chain forward {
                type filter hook forward priority 0; policy accept;
                iifname "{{options.Bridge}}" accept
                oifname "{{options.Bridge}}" accept
              }
              chain loopback {
                type filter hook prerouting priority -300; policy accept;
                iifname "{{options.Bridge}}" {{family}} daddr {{loopback}} drop
              }
              chain pod-masquerade {
                type nat hook postrouting priority 110; policy accept;
                {{family}} saddr {{subnet.Cidr}} {{family}} daddr != {{all}} {{family}} daddr != {{multicast}} oifname != "{{options.Bridge}}" masquerade fully-random
              }
            }

            """;
    }
}
