using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>The command line of `sampan kube-proxy`. It needs no root.</summary>
public sealed class ProxyFlagsTests
{
    /// <summary>All flags of upstream's kube-proxy on Linux, but those that end it: --cleanup, --init-only, --config, --version.</summary>
    private static readonly string[] Upstream =
    [
        "--bind-address=192.0.2.10", "--bind-address-hard-fail=true", "--cluster-cidr=10.1.0.0/16", "--config-sync-period=15m",
        "--conntrack-max-per-core=32768", "--conntrack-min=131072", "--conntrack-tcp-be-liberal=true", "--conntrack-tcp-timeout-close-wait=1h",
        "--conntrack-tcp-timeout-established=24h", "--conntrack-udp-timeout=30s", "--conntrack-udp-timeout-stream=2m", "--detect-local-mode=BridgeInterface",
        "--feature-gates=ContextualLogging=true", "--healthz-bind-address=127.0.0.1", "--healthz-port=10300", "--hostname-override=node",
        "--iptables-localhost-nodeports=false", "--iptables-masquerade-bit=14", "--iptables-min-sync-period=1s", "--iptables-sync-period=30s",
        "--ipvs-exclude-cidrs=10.9.0.0/16", "--ipvs-min-sync-period=1s", "--ipvs-scheduler=rr", "--ipvs-strict-arp=true", "--ipvs-sync-period=30s",
        "--ipvs-tcp-timeout=1s", "--ipvs-tcpfin-timeout=1s", "--ipvs-udp-timeout=1s", "--kube-api-burst=10", "--kube-api-content-type=application/json",
        "--kube-api-qps=5", "--kubeconfig=/etc/kube-proxy.conf", "--log-flush-frequency=5s", "--log-json-info-buffer-size=0", "--log-json-split-stream=false",
        "--log-text-info-buffer-size=0", "--log-text-split-stream=false", "--logging-format=text", "--masquerade-all", "--master=https://192.0.2.1:6443",
        "--metrics-bind-address=127.0.0.1:10301", "--metrics-port=10249", "--nodeport-addresses=192.0.2.0/24,10.0.0.0/8", "--oom-score-adj=-999",
        "--pod-bridge-interface=cni0", "--pod-interface-name-prefix=veth", "--profiling=false", "--proxy-mode=nftables",
        "--show-hidden-metrics-for-version=1.35", "--v=2", "--vmodule=proxier=5",
    ];

    [Fact]
    public async Task EveryFlagOfUpstreams_IsTakenAndWrittenDown()
    {
        await Shell.RunAsync(Path.Combine(TestCluster.Root, "sampan"), ["version"]);
        var file = Path.GetTempFileName();
        try
        {
            await Shell.RunAsync(Path.Combine(TestCluster.Root, "artifacts", "sampan", "sampan"), ["kube-proxy", .. Upstream, "--write-config-to", file]);
            var written = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            foreach (var line in new[]
            {
                "bindAddress: 192.0.2.10", "bindAddressHardFail: true", "clusterCIDR: 10.1.0.0/16", "  maxPerCore: 32768", "  tcpBeLiberal: true", "  udpStreamTimeout: 2m",
                "detectLocalMode: BridgeInterface", "  bridgeInterface: cni0", "healthzBindAddress: 127.0.0.1:10300", "metricsBindAddress: 127.0.0.1:10301",
                "  kubeconfig: /etc/kube-proxy.conf", "  masqueradeAll: true", "oomScoreAdj: -999", "kind: KubeProxyConfiguration",
            })
                Assert.Contains(line + "\n", written);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
