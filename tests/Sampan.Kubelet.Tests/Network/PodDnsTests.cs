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
        _dns = new PodDns(["10.96.0.10"], "cluster.local", _directory["resolv.conf"], () => []);
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

    /// <summary>Upstream: TestFormDNSSearchFitsLimits and TestFormDNSNameserversFitsLimits.</summary>
    [Fact]
    public void For_MoreThanResolversTake_LeavesOutTheRestAndSaysSo()
    {
        var name = new string('a', 254);
        var pod = Node.Pod("a", p => p.Spec.DnsConfig = new() { Nameservers = ["192.0.2.1", "192.0.2.2", "192.0.2.3"], Searches = [name, "own.test"] });

        var config = _dns.For(pod);
        Assert.Equal(["10.96.0.10", "192.0.2.1", "192.0.2.2"], config.Servers);
        Assert.Equal(["default.svc.cluster.local", "svc.cluster.local", "cluster.local", "example.test", "own.test"], config.Searches);
        Assert.Equal(
            [
                ("DNSConfigForming", "Nameserver limits were exceeded, some nameservers have been omitted, the applied nameserver line is: 10.96.0.10 192.0.2.1 192.0.2.2"),
                ("DNSConfigForming", "Search Line limits were exceeded, some search paths have been omitted, the applied search line is: default.svc.cluster.local svc.cluster.local cluster.local example.test own.test"),
            ],
            _dns.Remarks(pod));
        Assert.Empty(_dns.Remarks(Node.Pod("b")));
    }

    [Theory]
    [InlineData(40, 10, 32)]
    [InlineData(10, 250, 8)] // 8 × 250 and 7 spaces are 2,007 characters.
    public void For_LongSearchLine_IsCutAtItsEnd(int count, int length, int left)
    {
        var searches = Enumerable.Range(10, count).Select(i => new string('a', length - 2) + i).ToList();
        var pod = Node.Pod("a", p => (p.Spec.DnsPolicy, p.Spec.DnsConfig) = ("None", new() { Nameservers = ["192.0.2.1"], Searches = searches }));
        Assert.Equal(searches.Take(left), _dns.For(pod).Searches);
        Assert.Single(_dns.Remarks(pod));
    }

    /// <summary>Upstream: CheckLimitsForResolvConf.</summary>
    [Theory]
    [InlineData(29, 5, true, null)]
    [InlineData(30, 5, true, "Resolv.conf file '{0}' contains search line consisting of more than 29 domains!")]
    [InlineData(32, 5, false, null)]
    [InlineData(1, 254, true, "Resolv.conf file \"{0}\" contains a search path which length is more than allowed 253 chars!")]
    [InlineData(9, 250, true, "Resolv.conf file '{0}' contains search line which length is more than allowed 2048 chars!")]
    [InlineData(-1, 0, true, "open {0}: no such file or directory")]
    public void HostRemark_FileThatDoesNotFit_IsToldOf(int count, int length, bool hasClusterDomain, string? remark)
    {
        var path = _directory["host.conf"];
        if (count >= 0) File.WriteAllText(path, $"search {string.Join(' ', Enumerable.Repeat(new string('a', length), count))}\n");
        Assert.Equal(remark is null ? null : string.Format(remark, path), DnsLimits.HostRemark(path, hasClusterDomain));
    }

    [Fact]
    public void For_NodeWithoutClusterDns_FallsBackAndSaysSo()
    {
        var dns = new PodDns([], "cluster.local", _directory["resolv.conf"], () => []);
        Assert.Equal(["192.0.2.53"], dns.For(Node.Pod("a")).Servers);
        Assert.Equal(
            [("MissingClusterDNS", "pod: \"a_default(uid-a)\". kubelet does not have ClusterDNS IP configured and cannot create Pod using \"ClusterFirst\" policy. Falling back to \"Default\" policy.")],
            dns.Remarks(Node.Pod("a")));
        Assert.Empty(dns.Remarks(Node.Pod("a", p => p.Spec.DnsPolicy = "Default")));
    }

    /// <summary>Upstream: TestGetPodDNS, with no resolver of the host; a server of each family of the node's.</summary>
    [Theory]
    [InlineData("", "127.0.0.1")]
    [InlineData("192.0.2.1", "127.0.0.1")]
    [InlineData("2001:db8::1", "::1")]
    [InlineData("192.0.2.1 2001:db8::1", "127.0.0.1 ::1")]
    public void For_HostWithoutServersForPods_HasNone(string addresses, string servers)
    {
        var dns = new PodDns(["10.96.0.10"], "", "", () => addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var config = dns.For(Node.Pod("a", p => p.Spec.DnsPolicy = "Default"));
        Assert.Equal(servers, string.Join(' ', config.Servers));
        Assert.Equal(".", Assert.Single(config.Searches));
        Assert.Empty(dns.For(Node.Pod("a")).Searches);
    }

    /// <summary>Upstream: TestParseResolvConf.</summary>
    [Theory]
    [InlineData("nameserver 1.2.3.4\nnameserver 5.6.7.8", "1.2.3.4 5.6.7.8", "", "")]
    [InlineData("search foo\nsearch bar.  baz.test.", "", "bar baz.test", "")]
    [InlineData("options ndots:5 attempts:2\noptions ndots:1\n\toptions attempts:3", "", "", "ndots:1 attempts:3")]
    [InlineData("  nameserver 1.2.3.4 trailing\n#nameserver 9.9.9.9", "1.2.3.4", "", "")]
    public void Parse_File_HasWhatResolversRead(string text, string servers, string searches, string options)
    {
        var parsed = HostResolver.Parse(text.Split('\n'));
        Assert.Equal((servers, searches, options), (string.Join(' ', parsed.Servers), string.Join(' ', parsed.Searches), string.Join(' ', parsed.Options)));
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
