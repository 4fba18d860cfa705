using Sampan.Api.Core.V1;
using Sampan.Kubelet.Network;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Network;

public sealed class PodDnsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly PodDns _dns;

    public PodDnsTests()
    {
        File.WriteAllText(_directory["resolv.conf"], "# host\nnameserver 192.0.2.53\nsearch example.test\noptions timeout:1\n");
        _dns = new PodDns(["10.96.0.10"], "cluster.local", _directory["resolv.conf"]);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void For_ClusterFirst_AsksTheClusterThenTheHostsDomains()
    {
        var config = _dns.For(Node.Pod("a"));

        Assert.Equal(["10.96.0.10"], config.Servers);
        Assert.Equal(["default.svc.cluster.local", "svc.cluster.local", "cluster.local", "example.test"], config.Searches);
        Assert.Equal(["ndots:5"], config.Options);
    }

    [Theory]
    [InlineData("ClusterFirst", true, "192.0.2.53")]
    [InlineData("ClusterFirstWithHostNet", true, "10.96.0.10")]
    [InlineData("Default", false, "192.0.2.53")]
    public void For_Policy_ChoosesTheServer(string policy, bool hostNetwork, string server)
    {
        var pod = Node.Pod("a", p => (p.Spec.DnsPolicy, p.Spec.HostNetwork) = (policy, hostNetwork));

        Assert.Equal([server], _dns.For(pod).Servers);
    }

    [Fact]
    public void For_OwnConfig_IsAdded()
    {
        var pod = Node.Pod("a", p => p.Spec.DnsConfig = new() { Nameservers = ["192.0.2.1"], Searches = ["own.test"], Options = [new() { Name = "ndots", Value = "2" }, new() { Name = "rotate" }] });

        var config = _dns.For(pod);

        Assert.Equal(["10.96.0.10", "192.0.2.1"], config.Servers);
        Assert.Equal("own.test", config.Searches[^1]);
        Assert.Equal(["ndots:2", "rotate"], config.Options);
    }

    [Fact]
    public void HostsFile_OfHostNetwork_IsTheHosts()
    {
        var pod = Node.Pod("a", p => p.Spec.HostNetwork = true);
        File.WriteAllText(_directory["hosts"], "127.0.0.1\tmachine\n");

        var text = HostsFile.For(pod, PodHostname.Of(pod, "cluster.local"), ["192.0.2.1"], _directory["hosts"]);

        Assert.Equal("# Kubernetes-managed hosts file (host network).\n127.0.0.1\tmachine\n", text);
    }

    [Fact]
    public void HostsFile_WithSubdomainAndAliases_ListsThem()
    {
        var pod = Node.Pod("a", p =>
        {
            p.Spec.Hostname = "h";
            p.Spec.Subdomain = "sub";
            p.Spec.HostAliases = [new HostAlias { Ip = "192.0.2.9", Hostnames = ["x", "y"] }];
        });

        var text = HostsFile.For(pod, PodHostname.Of(pod, "cluster.local"), ["10.0.0.1"]);

        Assert.StartsWith("# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n", text);
        Assert.Contains("10.0.0.1\th.sub.default.svc.cluster.local\th\n", text);
        Assert.EndsWith("# Entries added by HostAliases.\n192.0.2.9\tx\ty\n", text);
    }
}
