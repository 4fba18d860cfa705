using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.Proxy.Configuration;

namespace Sampan.Proxy.Tests.Configuration;

public sealed class ConfigurationLoaderTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Load_FileAsKubeadmWritesIt_IsRead()
    {
        var configuration = Load("""
            apiVersion: kubeproxy.config.k8s.io/v1alpha1
            kind: KubeProxyConfiguration
            bindAddress: 0.0.0.0
            clientConnection: { acceptContentTypes: "", burst: 0, contentType: "", kubeconfig: /var/lib/kube-proxy/kubeconfig.conf, qps: 0 }
            clusterCIDR: 10.244.0.0/16
            configSyncPeriod: 0s
            conntrack: { maxPerCore: null, min: null }
            enableProfiling: false
            healthzBindAddress: ""
            metricsBindAddress: "127.0.0.1:10300"
            iptables: { masqueradeAll: false, syncPeriod: 0s }
            mode: iptables
            nftables: { masqueradeAll: true }
            nodePortAddresses: [192.0.2.0/24]
            oomScoreAdj: null
            """);
        Assert.Equal("/var/lib/kube-proxy/kubeconfig.conf", configuration.ClientConnection.Kubeconfig);
        Assert.Equal(("10.244.0.0/16", true), (configuration.ClusterCidr, configuration.Nftables.MasqueradeAll));
        Assert.Equal(["192.0.2.0/24"], configuration.NodePortAddresses);
        Assert.Equal("0.0.0.0:10256", configuration.HealthzBindAddress);
        Assert.Equal(10300, ConfigurationLoader.EndPoint(configuration.MetricsBindAddress)!.Port);
        var limits = configuration.Conntrack;
        Assert.Equal((32768, 131072, "24h0m0s", "1h0m0s", -999), (limits.MaxPerCore, limits.Min, limits.TcpEstablishedTimeout, limits.TcpCloseWaitTimeout, configuration.OomScoreAdj));
        Assert.Contains("mode: \"iptables\" has no effect: Services are on nftables", configuration.Remarks());
    }

    [Fact]
    public void Load_LockedFeatureGate_IsRefused()
    {
        var flags = new JsonObject { ["featureGates"] = new JsonObject { ["NFTablesProxyMode"] = false } };
        Assert.Equal(
            "cannot set feature gate NFTablesProxyMode to false, feature is locked to true", Assert.Throws<ConfigurationException>(() => ConfigurationLoader.Load(null, flags)).Message);
    }

    [Fact]
    public void Load_NoFile_TakesFlagsOverDefaults()
    {
        var configuration = ConfigurationLoader.Load(null, new JsonObject { ["clusterCIDR"] = "10.1.0.0/16,fd00::/48" });
        Assert.Equal(("10.1.0.0/16,fd00::/48", "0.0.0.0:10256", "127.0.0.1:10249"), (configuration.ClusterCidr, configuration.HealthzBindAddress, configuration.MetricsBindAddress));
        Assert.Empty(configuration.Remarks());
    }

    [Theory]
    [InlineData("detectLocalMode: BridgeInterface\ndetectLocal: { bridgeInterface: cni0 }", "cni0")]
    [InlineData("detectLocalMode: InterfaceNamePrefix\ndetectLocal: { interfaceNamePrefix: cali }", "cali*")]
    [InlineData("detectLocalMode: NodeCIDR\ndetectLocal: { bridgeInterface: cni0 }", null)]
    public void Load_DetectLocalMode_SaysTheInterface(string text, string? expected) =>
        Assert.Equal(expected, Load("apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n" + text).PodInterface);

    [Fact]
    public void Load_FileForIPv6_ServesThere()
    {
        var configuration = Load("apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nbindAddress: '::'");
        Assert.Equal(("[::]:10256", "[::1]:10249"), (configuration.HealthzBindAddress, configuration.MetricsBindAddress));
    }

    [Theory]
    [InlineData("0.0.0.0:10256", 10256, "0.0.0.0:10256")]
    [InlineData("127.0.0.1", 10300, "127.0.0.1:10300")]
    [InlineData("::1", 10300, "[::1]:10300")]
    [InlineData("127.0.0.1:1", 10300, "127.0.0.1:1")]
    [InlineData("127.0.0.1:1", 0, "")]
    [InlineData("", 10256, "")]
    public void AddressOfFlags_AddressAndPort_AreJoined(string address, int port, string expected) =>
        Assert.Equal(expected, ConfigurationLoader.AddressOfFlags(address, port));

    [Fact]
    public void Load_FlagThatIsEmpty_MeansNowhere() =>
        Assert.Null(ConfigurationLoader.EndPoint(ConfigurationLoader.Load(null, new JsonObject { ["healthzBindAddress"] = "" }).HealthzBindAddress));

    [Theory]
    [InlineData("apiVersion: v1\nkind: Pod", "no kind \"Pod\" is registered for version \"v1\"")]
    [InlineData("apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nclusterCidrs: x", "clusterCidrs")]
    public void Load_WhatCannotBe_SaysWhy(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<ConfigurationException>(() => Load(text)).Message);

    [Theory]
    [InlineData("clusterCIDR: x", "DetectLocalConfiguration.ClusterCIDRs[0]: Invalid value: \"x\": must be a valid CIDR block (e.g. 10.100.0.0/16 or fde4:8dba:82e1::/48)")]
    [InlineData("clusterCIDR: '10.1.0.0/16,10.2.0.0/16'", "DetectLocalConfiguration.ClusterCIDRs: Invalid value: [\"10.1.0.0/16\",\"10.2.0.0/16\"]: must be a either a single CIDR or dual-stack pair of CIDRs (e.g. [10.100.0.0/16, fde4:8dba:82e1::/48]")]
    [InlineData("mode: magic", "Mode.ProxyMode: Invalid value: \"magic\": must be iptables, ipvs, nftables or blank (blank means the best-available proxy [currently iptables])")]
    [InlineData("healthzBindAddress: here", "HealthzBindAddress: Invalid value: \"here\": must be IP:port")]
    [InlineData("metricsBindAddress: 'x:10249'", "MetricsBindAddress: Invalid value: \"x\": must be a valid IP")]
    [InlineData("metricsBindAddress: '127.0.0.1:0'", "MetricsBindAddress: Invalid value: \"0\": must be a valid port")]
    [InlineData("detectLocalMode: Guess", "DetectLocalMode: Unsupported value: \"Guess\": supported values: \"ClusterCIDR\", \"NodeCIDR\", \"BridgeInterface\", \"InterfaceNamePrefix\", \"\"")]
    [InlineData("detectLocalMode: BridgeInterface", "DetectLocalConfiguration.InterfaceName: Invalid value: \"\": must not be empty")]
    [InlineData("detectLocalMode: InterfaceNamePrefix", "DetectLocalConfiguration.InterfacePrefix: Invalid value: \"\": must not be empty")]
    [InlineData("oomScoreAdj: 2000", "KubeProxyLinuxConfiguration.OOMScoreAdj: Invalid value: 2000: must be within the range [-1000, 1000]")]
    [InlineData("mode: nftables\nnftables: { masqueradeBit: 32 }", "KubeProxyNFTablesConfiguration.MasqueradeBit: Invalid value: 32: must be within the range [0, 31]")]
    [InlineData("nodePortAddresses: [primary, 10.0.0.0/8]", "NodePortAddresses[0]: Invalid value: \"primary\": can't use both 'primary' and CIDRs")]
    [InlineData("nodePortAddresses: [10.0.0.1]", "NodePortAddresses[0]: Invalid value: \"10.0.0.1\": must be a valid CIDR")]
    [InlineData("conntrack: { maxPerCore: -1 }", "KubeProxyLinuxConfiguration.KubeProxyConntrackConfiguration.MaxPerCore: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("clientConnection: { burst: -1 }", "ClientConnection.Burst: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("configSyncPeriod: -1s", "ConfigSyncPeriod: Invalid value: \"-1s\": must be greater than 0")]
    [InlineData("conntrack: { udpTimeout: -1s }", "KubeProxyLinuxConfiguration.KubeProxyConntrackConfiguration.UDPTimeout: Invalid value: \"-1s\": must be greater than or equal to 0")]
    [InlineData("nftables: { syncPeriod: -1s }", "SyncPeriod: Invalid value: \"-1s\": must be greater than 0")]
    [InlineData("nftables: { minSyncPeriod: -1s }", "MinSyncPeriod: Invalid value: \"-1s\": must be greater than or equal to 0")]
    [InlineData("nftables: { minSyncPeriod: 1m, syncPeriod: 40s }", "SyncPeriod: Invalid value: \"1m\": must be greater than or equal to KubeProxyConfiguration.MinSyncPeriod")]
    [InlineData("nftables: { minSyncPeriod: 40s }", "SyncPeriod: Invalid value: \"40s\": must be greater than or equal to KubeProxyConfiguration.MinSyncPeriod")]
    [InlineData("portRange: 2000-300", "PortRange: Invalid value: \"2000-300\": must be a valid port range (e.g. 300-2000)")]
    [InlineData("portRange: many", "PortRange: Invalid value: \"many\": must be a valid port range (e.g. 300-2000)")]
    [InlineData("mode: ipvs\nipvs: { udpTimeout: -1s }", "KubeProxyIPVSConfiguration.UDPTimeout: Invalid value: \"-1s\": must be greater than or equal to 0")]
    [InlineData("mode: ipvs\nipvs: { excludeCIDRs: [10.0.0.0/8, here] }", "KubeProxyIPVSConfiguration.ExcludeCidrs[1]: Invalid value: \"here\": must be a valid CIDR")]
    [InlineData("showHiddenMetricsForVersion: '1.34'", "ShowHiddenMetricsForVersion: Invalid value: \"1.34\": --show-hidden-metrics-for-version must be omitted or have the value '1.35'. Only the previous minor version is allowed")]
    public void Load_FieldOutOfBounds_SaysItInUpstreamsWords(string text, string error) => Assert.Equal(
        $"KubeProxyConfiguration.{error}",
        Assert.Throws<ConfigurationException>(() => Load("apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n" + text)).Message);

    [Fact]
    public void Write_WhatWasLoaded_CanBeLoadedAgain()
    {
        var configuration = ConfigurationLoader.Load(null, new JsonObject { ["clusterCIDR"] = "10.1.0.0/16", ["nodePortAddresses"] = new JsonArray("primary") });
        var again = Load(YamlTree.Format(ConfigurationLoader.Write(configuration)));
        Assert.Equal((configuration.ClusterCidr, "primary", "0.0.0.0:10256"), (again.ClusterCidr, again.NodePortAddresses.Single(), again.HealthzBindAddress));
    }

    [Fact]
    public void Load_FileMissing_NamesIt() =>
        Assert.Contains("/does/not/exist", Assert.Throws<ConfigurationException>(() => ConfigurationLoader.Load("/does/not/exist", [])).Message);

    private KubeProxyConfiguration Load(string text)
    {
        File.WriteAllText(_file, text);
        return ConfigurationLoader.Load(_file, []);
    }
}
