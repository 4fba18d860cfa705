using System.Net;
using Sampan.Api.Core.V1;
using Sampan.Network.Dns;
using Sampan.Testing.Fakes;

namespace Sampan.EndToEnd.Tests.Network;

/// <summary>dig in a pod asks the Service address, and the answer comes from the node's server through the proxy's rules.</summary>
public sealed class ClusterDnsTests : IAsyncLifetime
{
    private TestNode _node = null!;
    private ClusterDns _dns = null!;
    private NetworkNamespace _pod = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(NetworkNamespace.Unavailable is not null, NetworkNamespace.Unavailable ?? "");
        _node = new TestNode();
        _node.Api.Set(new Namespace { Metadata = new() { Name = "default" } });
        _node.Api.Set(Objects.Service("web", "10.96.0.9", change: s => s.Spec!.Ports![0].Name = "http"));
        _dns = _node.Node.Run(() => new ClusterDns(new ClusterDnsOptions
        {
            NodeName = "node",
            Informers = _node.Informers,
            Listen = new IPEndPoint(IPAddress.Parse(TestNode.NodeAddress), 10053),
            ClusterIP = IPAddress.Parse("10.96.0.10"),
            Upstreams = [new IPEndPoint(IPAddress.Parse(TestNode.OutsideAddress), 53)],
        }));
        await _node.Node.Run(() => _dns.StartAsync(default));
        await _node.StartAsync();
        await _dns.ReadyAsync(default);
        _pod = _node.AddPod("client").Pod;
        await TestNode.UntilAsync(() => Task.FromResult(
            _node.Node.Exec("nft", "list", "map", "ip", "sampan-proxy", "services").Contains("10.96.0.10 . udp . 53")));
    }

    public async ValueTask DisposeAsync()
    {
        if (_dns is not null) await _dns.StopAsync(default);
        if (_node is not null) await _node.DisposeAsync();
    }

    [Theory]
    [InlineData("web.default.svc.cluster.local", "A", "10.96.0.9")]
    [InlineData("_http._tcp.web.default.svc.cluster.local", "SRV", "0 100 80 web.default.svc.cluster.local.")]
    [InlineData("9.0.96.10.in-addr.arpa", "PTR", "web.default.svc.cluster.local.")]
    [InlineData("kube-dns.kube-system.svc.cluster.local", "A", "10.96.0.10")]
    [InlineData("dns-version.cluster.local", "TXT", "\"1.1.0\"")]
    public void Dig_OverUdpAndTcp_Answers(string name, string type, string expected)
    {
        Assert.Equal(expected, Dig(name, type, "+short"));
        Assert.Equal(expected, Dig(name, type, "+short", "+tcp"));
    }

    [Fact]
    public void Dig_NoSuchName_IsDenied()
    {
        string answer = Dig("none.default.svc.cluster.local", "A");
        Assert.Contains("status: NXDOMAIN", answer);
        Assert.Contains("SOA", answer);
        Assert.DoesNotContain("malformed", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Dig_AlongThePodsSearchPath_IsAnsweredAtOnce()
    {
        string address = _pod.Exec("ip", "-4", "-o", "address", "show", "dev", "eth0").Split(' ', StringSplitOptions.RemoveEmptyEntries)[3].Split('/')[0];
        _node.Api.Set(new Pod
        {
            Metadata = new() { Namespace = "shop", Name = "client" },
            Spec = new() { NodeName = "node", DnsPolicy = "ClusterFirst", Containers = [new() { Name = "c" }] },
            Status = new() { Phase = "Running", PodIP = address, PodIPs = [new() { Ip = address }] },
        });
        await TestNode.UntilAsync(() => Task.FromResult(
            Dig("web.default.shop.svc.cluster.local", "A", "+short") == "web.default.svc.cluster.local.\n10.96.0.9"));
    }

    private string Dig(string name, string type, params string[] options) =>
        _pod.Exec(["dig", "@10.96.0.10", "+tries=3", "+time=5", .. options, name, type]).Trim();
}
