using static Sampan.Commands.ConfigurationFlag;
using static Sampan.Commands.UpstreamFlag;

namespace Sampan.Commands;

/// <summary>The flags of `sampan kube-proxy`, by upstream's names.</summary>
internal static class KubeProxyFlags
{
    private const string OnNftables = "Services are on nftables";
    private const string HostsOwn = "the host's own limits and time-outs hold";

    /// <summary>Those that stand for fields of the configuration file.</summary>
    public static IReadOnlyList<ConfigurationFlag> All { get; } =
    [
        Text("--kubeconfig", "clientConnection.kubeconfig", "How to reach the API server."),
        Text("--cluster-cidr", "clusterCIDR", "Addresses of pods: traffic to Services from elsewhere is masqueraded."),
        Text("--healthz-bind-address", "healthzBindAddress", "Where health is served; empty: nowhere."),
        Text("--metrics-bind-address", "metricsBindAddress", "Where metrics are served; empty: nowhere."),
        Text("--proxy-mode", "mode"),
        Text("--detect-local-mode", "detectLocalMode", "How traffic of pods is told: ClusterCIDR, NodeCIDR, BridgeInterface or InterfaceNamePrefix."),
        Text("--pod-bridge-interface", "detectLocal.bridgeInterface", "The bridge of pods, for BridgeInterface."),
        Text("--pod-interface-name-prefix", "detectLocal.interfaceNamePrefix", "How the names of pods' interfaces begin, for InterfaceNamePrefix."),
        Text("--bind-address", "bindAddress"),
        Switch("--masquerade-all", "nftables.masqueradeAll", "Masquerade all traffic to Services."),
        List("--nodeport-addresses", "nodePortAddresses", "Ranges of the node's addresses on which node ports answer (default: all)."),
        Switch("--profiling", "enableProfiling"),
        Number("--oom-score-adj", "oomScoreAdj"),
        Text("--config-sync-period", "configSyncPeriod"),
        Text("--show-hidden-metrics-for-version", "showHiddenMetricsForVersion"),
        Switch("--bind-address-hard-fail", "bindAddressHardFail"),
    ];

    public static IReadOnlyList<UpstreamFlag> WithoutUse { get; } =
    [
        Refused("--master", "name the server in a kubeconfig"),
        WithoutEffect("--init-only", "nothing needs to be set up first"),
        WithoutEffect("--feature-gates", "features are on or off as in a default cluster"),
        WithoutEffect("--kube-api-qps", "requests are few, and the API server limits them"),
        WithoutEffect("--kube-api-burst", "requests are few, and the API server limits them"),
        WithoutEffect("--kube-api-content-type", "objects travel as the server likes"),
        WithoutEffect("--conntrack-max-per-core", HostsOwn),
        WithoutEffect("--conntrack-min", HostsOwn),
        WithoutEffect("--conntrack-tcp-timeout-established", HostsOwn),
        WithoutEffect("--conntrack-tcp-timeout-close-wait", HostsOwn),
        WithoutEffect("--conntrack-tcp-be-liberal", HostsOwn),
        WithoutEffect("--conntrack-udp-timeout", HostsOwn),
        WithoutEffect("--conntrack-udp-timeout-stream", HostsOwn),
        WithoutEffect("--iptables-localhost-nodeports", OnNftables),
        WithoutEffect("--iptables-masquerade-bit", OnNftables),
        WithoutEffect("--iptables-sync-period", OnNftables),
        WithoutEffect("--iptables-min-sync-period", OnNftables),
        WithoutEffect("--ipvs-scheduler", OnNftables),
        WithoutEffect("--ipvs-strict-arp", OnNftables),
        WithoutEffect("--ipvs-sync-period", OnNftables),
        WithoutEffect("--ipvs-min-sync-period", OnNftables),
        WithoutEffect("--ipvs-exclude-cidrs", OnNftables),
        WithoutEffect("--ipvs-tcp-timeout", OnNftables),
        WithoutEffect("--ipvs-tcpfin-timeout", OnNftables),
        WithoutEffect("--ipvs-udp-timeout", OnNftables),
        WithoutEffect("--logging-format", "logs are lines of text"),
        WithoutEffect("--log-flush-frequency", "logs are written at once"),
        WithoutEffect("--vmodule", "use --v"),
    ];
}
