namespace Sampan.Network;

/// <summary>
/// The table <c>ip sampan-network</c>: masquerades what pods send outside the cluster, lets it be forwarded, and keeps
/// others from reaching the host's loopback address, which node ports on 127.0.0.1 open towards the bridge.
/// </summary>
internal static class PodNetworkRules
{
    public const string Table = "ip sampan-network";

    public static string Install(PodNetworkOptions options, string podCidr) =>
        $$"""
        add table {{Table}}
        delete table {{Table}}
        table {{Table}} {
          chain forward {
            type filter hook forward priority 0; policy accept;
            iifname "{{options.Bridge}}" accept
            oifname "{{options.Bridge}}" accept
          }
          chain loopback {
            type filter hook prerouting priority -300; policy accept;
            iifname "{{options.Bridge}}" ip daddr 127.0.0.0/8 drop
          }
          chain pod-masquerade {
            type nat hook postrouting priority 110; policy accept;
            ip saddr {{podCidr}} ip daddr != {{options.ClusterCidr}} ip daddr != 224.0.0.0/4 oifname != "{{options.Bridge}}" masquerade fully-random
          }
        }

        """;

    public static string Remove() => $"add table {Table}\ndelete table {Table}\n";
}
