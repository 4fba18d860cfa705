using System.Text.Json.Nodes;
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
        Assert.Null(ConfigurationLoader.EndPoint("healthzBindAddress", configuration.HealthzBindAddress));
        Assert.Equal(10300, ConfigurationLoader.EndPoint("metricsBindAddress", configuration.MetricsBindAddress)!.Port);
        Assert.Contains("mode: \"iptables\" has no effect: Services are on nftables", configuration.Remarks());
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

    [Theory]
    [InlineData("apiVersion: v1\nkind: Pod", "no kind \"Pod\" is registered for version \"v1\"")]
    [InlineData("apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nclusterCidrs: x", "clusterCidrs")]
    [InlineData("apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nclusterCIDR: x", "\"x\" is no range")]
    [InlineData("apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmode: magic", "must be iptables, ipvs, nftables or blank")]
    [InlineData("apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nhealthzBindAddress: here", "must be IP:port")]
    [InlineData("apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\ndetectLocalMode: Guess", "must be ClusterCIDR, NodeCIDR, BridgeInterface, InterfaceNamePrefix or blank")]
    [InlineData("apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\ndetectLocalMode: BridgeInterface", "detectLocal.bridgeInterface")]
    public void Load_WhatCannotBe_SaysWhy(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<ConfigurationException>(() => Load(text)).Message);

    [Fact]
    public void Load_FileMissing_NamesIt() =>
        Assert.Contains("/does/not/exist", Assert.Throws<ConfigurationException>(() => ConfigurationLoader.Load("/does/not/exist", [])).Message);

    private KubeProxyConfiguration Load(string text)
    {
        File.WriteAllText(_file, text);
        return ConfigurationLoader.Load(_file, []);
    }
}
