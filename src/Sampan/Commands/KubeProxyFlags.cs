using static Sampan.Commands.ConfigurationFlag;
using static Sampan.Commands.UpstreamFlag;

namespace Sampan.Commands;

/// <summary>The flags of `sampan kube-proxy`, by upstream's names.</summary>
internal static class KubeProxyFlags
{
    private const string OnNftables = "Services are on nftables";
    private const string TextLogs = "logs are lines of text";

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
        Text("--bind-address", "bindAddress", "The node's own address, for --nodeport-addresses=primary (default: the one of the default route)."),
        Switch("--masquerade-all", "nftables.masqueradeAll", "Masquerade all traffic to Services."),
        List("--nodeport-addresses", "nodePortAddresses", "Ranges of the node's addresses on which node ports answer, or primary: the node's own (default: all; with --proxy-mode=nftables primary)."),
        Switch("--profiling", "enableProfiling"),
        Number("--oom-score-adj", "oomScoreAdj", "How readily the kernel ends this process for want of memory: -1000 never, 1000 first."),
        Number("--conntrack-max-per-core", "conntrack.maxPerCore", "How many connections the kernel may track for each core, where it allows fewer (default: 32768; 0: as the host has it)."),
        Number("--conntrack-min", "conntrack.min", "How many connections it may track at least, with --conntrack-max-per-core (default: 131072)."),
        Text("--conntrack-tcp-timeout-established", "conntrack.tcpEstablishedTimeout", "After how long idle TCP connections are forgotten (default: 24h; 0: as the host has it)."),
        Text("--conntrack-tcp-timeout-close-wait", "conntrack.tcpCloseWaitTimeout", "The same for connections that one side has closed (default: 1h)."),
        Switch("--conntrack-tcp-be-liberal", "conntrack.tcpBeLiberal", "Let TCP packets pass that are out of the window."),
        Text("--conntrack-udp-timeout", "conntrack.udpTimeout", "After how long UDP flows without an answer are forgotten (default: as the host has it)."),
        Text("--conntrack-udp-timeout-stream", "conntrack.udpStreamTimeout", "The same for those with answers."),
        Text("--config-sync-period", "configSyncPeriod"),
        Text("--show-hidden-metrics-for-version", "showHiddenMetricsForVersion"),
        Switches("--feature-gates", "featureGates"),
        Switch("--bind-address-hard-fail", "bindAddressHardFail", "End when the address of health or metrics is taken, instead of trying again."),
    ];

    public static IReadOnlyList<UpstreamFlag> WithoutUse { get; } =
    [
        WithoutEffect("--kube-api-qps", "requests are few, and the API server limits them"),
        WithoutEffect("--kube-api-burst", "requests are few, and the API server limits them"),
        WithoutEffect("--kube-api-content-type", "objects travel as the server likes"),
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
        WithoutEffect("--logging-format", TextLogs),
        WithoutEffect("--log-json-info-buffer-size", TextLogs),
        WithoutEffect("--log-json-split-stream", TextLogs),
        WithoutEffect("--log-text-info-buffer-size", "logs are written at once"),
        WithoutEffect("--log-text-split-stream", "logs go to standard error"),
        WithoutEffect("--log-flush-frequency", "logs are written at once"),
        WithoutEffect("--vmodule", "use --v"),
    ];
}
