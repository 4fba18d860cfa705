using System.Net.Sockets;
using Sampan.Api.Discovery.V1;
using Sampan.Proxy.Nftables;
using Sampan.Proxy.Policies;
using Sampan.Proxy.Sync;
using Sampan.Testing.Fakes;

namespace Sampan.EndToEnd.Tests.Network;

/// <summary>Real packets through the rules, on a node in namespaces.</summary>
public sealed class ServiceProxyTests : ServiceTest
{
    [Fact]
    public async Task ClusterIP_FromPodAndNode_ReachesAllEndpoints()
    {
        await ServeAsync(Objects.Service("web", ClusterIP));
        var fromPod = await ManyAsync(Client.Pod, ClusterIP, 80);
        Assert.Equal([$"one {Client.Address}", $"two {Client.Address}"], fromPod);
        var fromNode = await ManyAsync(Host.Node, ClusterIP, 80);
        Assert.Equal(["one 10.244.0.1", "two 10.244.0.1"], fromNode);
    }

    [Fact]
    public async Task ClusterIP_FromItsOwnEndpoint_ComesBack()
    {
        Host.Api.Set(Objects.SliceOf("web", 8080, "TCP", Local(One.Address)));
        Host.Api.Set(Objects.Service("web", ClusterIP));
        await TestNode.UntilAsync(async () => await TestNode.ConnectAsync(Client.Pod, ClusterIP, 80, 1) == $"one {Client.Address}");
        Assert.Equal("one 10.244.0.1", await TestNode.ConnectAsync(One.Pod, ClusterIP, 80));
    }

    [Fact]
    public async Task NodePort_FromOutsideNodeAndLoopback_Answers()
    {
        await ServeAsync(Objects.Service("web", ClusterIP, change: s =>
        {
            s.Spec!.Type = "NodePort";
            s.Spec.Ports![0].NodePort = 30080;
        }));
        Assert.Equal(["one 10.244.0.1", "two 10.244.0.1"], await ManyAsync(Host.Outside, TestNode.NodeAddress, 30080));
        Assert.Equal(["one 10.244.0.1", "two 10.244.0.1"], await ManyAsync(Host.Node, TestNode.NodeAddress, 30080));
        Assert.Equal(["one 10.244.0.1", "two 10.244.0.1"], await ManyAsync(Host.Node, "127.0.0.1", 30080));
    }

    [Fact]
    public async Task NodePort_PolicyLocal_ShowsTheClient()
    {
        await ServeAsync(Objects.Service("web", ClusterIP, change: s =>
        {
            s.Spec!.Type = "NodePort";
            s.Spec.ExternalTrafficPolicy = "Local";
            s.Spec.Ports![0].NodePort = 30080;
        }));
        Host.Outside.Exec("ip", "route", "add", "10.244.0.0/16", "via", TestNode.NodeAddress);
        var answers = await ManyAsync(Host.Outside, TestNode.NodeAddress, 30080);
        Assert.Equal([$"one {TestNode.OutsideAddress}", $"two {TestNode.OutsideAddress}"], answers);
    }

    [Fact]
    public async Task LoadBalancer_SourceRanges_LetOnlyThemIn()
    {
        await ServeAsync(Objects.Service("web", ClusterIP, change: s =>
        {
            s.Spec!.Type = "LoadBalancer";
            s.Spec.LoadBalancerSourceRanges = ["203.0.113.0/24"];
            s.Status = new() { LoadBalancer = new() { Ingress = [new() { Ip = "198.51.100.7" }] } };
        }));
        Host.Outside.Exec("ip", "route", "add", "198.51.100.0/24", "via", TestNode.NodeAddress);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TestNode.ConnectAsync(Host.Outside, "198.51.100.7", 80, 1));
        Host.Outside.Exec("ip", "address", "add", "203.0.113.5/32", "dev", "lo");
        Host.Outside.Exec("ip", "route", "replace", "198.51.100.0/24", "via", TestNode.NodeAddress, "src", "203.0.113.5");
        Host.Node.Exec("ip", "route", "add", "203.0.113.0/24", "via", TestNode.OutsideAddress);
        Assert.Equal(2, (await ManyAsync(Host.Outside, "198.51.100.7", 80)).Count);
    }

    [Fact]
    public async Task Affinity_OneClient_StaysUntilItsEndpointGoes()
    {
        await ServeAsync(Objects.Service("web", ClusterIP, change: s => s.Spec!.SessionAffinity = "ClientIP"));
        string first = Assert.Single(await ManyAsync(Client.Pod, ClusterIP, 80));
        bool one = first.StartsWith("one", StringComparison.Ordinal);
        Host.Api.Set(Objects.SliceOf("web", 8080, "TCP", Local(one ? Two.Address : One.Address)));
        await TestNode.UntilAsync(async () => await TestNode.ConnectAsync(Client.Pod, ClusterIP, 80, 1) != first);
        Assert.Single(await ManyAsync(Client.Pod, ClusterIP, 80));
    }

    [Fact]
    public async Task Affinity_OfANodePort_HoldsUntilItIsTakenAway()
    {
        await ServeAsync(NodePort("ClientIP"));
        Assert.Single(await ManyAsync(Host.Outside, TestNode.NodeAddress, 30080));
        Assert.Single(await ManyAsync(Client.Pod, ClusterIP, 80));
        Host.Api.Set(NodePort("None"));
        await TestNode.UntilAsync(async () => (await ManyAsync(Host.Outside, TestNode.NodeAddress, 30080)).Count == 2);
        await TestNode.UntilAsync(async () => (await ManyAsync(Client.Pod, ClusterIP, 80)).Count == 2);
        Host.Api.Set(NodePort("ClientIP"));
        await TestNode.UntilAsync(async () => (await ManyAsync(Client.Pod, ClusterIP, 80)).Count == 1);
    }

    [Fact]
    public async Task TcpAndUdp_OnOnePort_AreServedApart()
    {
        EndpointSlice slice = Objects.SliceOf("web", 8080, "TCP", Local(One.Address));
        slice.Ports = [new() { Name = "t", Port = 8080, Protocol = "TCP" }, new() { Name = "u", Port = 8080, Protocol = "UDP" }];
        Host.Api.Set(slice);
        SetPorts("TCP", "UDP");
        await TestNode.UntilAsync(async () => (await TestNode.ConnectAsync(Client.Pod, ClusterIP, 80, 1)).StartsWith("one"));
        await TestNode.UntilAsync(() => AnswersOverUdpAsync());
        SetPorts("TCP");
        await TestNode.UntilAsync(async () => !await AnswersOverUdpAsync());
        Assert.StartsWith("one", await TestNode.ConnectAsync(Client.Pod, ClusterIP, 80));
        SetPorts("UDP");
        await TestNode.UntilAsync(() => AnswersOverUdpAsync());
        await TestNode.UntilAsync(async () =>
            (await Record.ExceptionAsync(() => TestNode.ConnectAsync(Client.Pod, ClusterIP, 80, 1))) is SocketException { SocketErrorCode: SocketError.ConnectionRefused });
    }

    [Fact]
    public async Task NoEndpoints_AreRefusedAtOnce()
    {
        Host.Api.Set(Objects.Service("web", ClusterIP));
        Host.Api.Set(Objects.SliceOf("web", 8080, "TCP"));
        await TestNode.UntilAsync(() => Task.FromResult(Host.Node.Exec("nft", "list", "map", "ip", "sampan-proxy", "refused").Contains(ClusterIP)));
        foreach (var from in new[] { Client.Pod, Host.Node })
        {
            var e = await Assert.ThrowsAsync<SocketException>(() => TestNode.ConnectAsync(from, ClusterIP, 80));
            Assert.Equal(SocketError.ConnectionRefused, e.SocketErrorCode);
        }
    }

    [Fact]
    public async Task UnknownPort_IsRefusedAtOnce()
    {
        await ServeAsync(Objects.Service("web", ClusterIP));
        foreach (var from in new[] { Client.Pod, Host.Node })
        {
            var e = await Assert.ThrowsAsync<SocketException>(() => TestNode.ConnectAsync(from, ClusterIP, 81));
            Assert.Equal(SocketError.ConnectionRefused, e.SocketErrorCode);
        }
    }

    [Fact]
    public async Task Endpoints_ComeAndGoUnderLoad_NoConnectionFails()
    {
        await ServeAsync(Objects.Service("web", ClusterIP));
        using var stop = new CancellationTokenSource();
        int connections = 0;
        var load = Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
            {
                await TestNode.ConnectAsync(Client.Pod, ClusterIP, 80);
                Interlocked.Increment(ref connections);
            }
        }));
        for (int i = 0; (i < 200 || Volatile.Read(ref connections) < 200) && !load.IsCompleted; i++)
        {
            Endpoint[] endpoints = (i % 3) switch
            {
                0 => [Local(One.Address)],
                1 => [Local(Two.Address)],
                _ => [Local(Two.Address), Local(One.Address)],
            };
            Host.Api.Set(Objects.SliceOf("web", 8080, "TCP", endpoints));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        await stop.CancelAsync();
        await load;
    }

    [Fact]
    public async Task Endpoints_GrowWhileOthersChangeTheRuleset_AreFollowed()
    {
        await ServeAsync(Objects.Service("web", ClusterIP, change: s =>
        {
            s.Spec!.Type = "NodePort";
            s.Spec.Ports![0].NodePort = 30080;
        }));
        for (int count = 3; count < 7; count++)
        {
            // What nft remembers of the tables is void once another has written, so that it reads them back.
            Host.Node.Exec("nft", "add table ip other; add chain ip other c; delete table ip other");
            var endpoints = Enumerable.Range(1, count).Select(i => Local($"10.244.0.{i + 1}"));
            Host.Api.Set(Objects.SliceOf("web", 8080, "TCP", [.. endpoints]));
            await TestNode.UntilAsync(() => Task.FromResult(
                Host.Node.Exec("nft", "list", "map", "ip", "sampan-proxy", "nodeport-services").Contains($"nodeport-external-tcp-{count}")));
            Assert.Equal(0, Host.FullSyncsAfterStart);
        }
    }

    [Fact]
    public async Task Udp_EndpointReplaced_TheSameSocketReachesTheNext()
    {
        Host.Api.Set(Objects.Service("dns", "10.96.0.53", 53, "UDP"));
        Host.Api.Set(Objects.SliceOf("dns", 8080, "UDP", Local(One.Address)));
        using var socket = TestNode.Udp(Client.Pod, "10.96.0.53", 53);
        await TestNode.UntilAsync(async () => (await TestNode.AskAsync(socket)).StartsWith("one"));
        Host.Api.Set(Objects.SliceOf("dns", 8080, "UDP", Local(Two.Address)));
        await TestNode.UntilAsync(async () => (await TestNode.AskAsync(socket)).StartsWith("two"));
    }

    [Fact]
    public async Task Tables_FlushedBySomebody_ComeBack()
    {
        await ServeAsync(Objects.Service("web", ClusterIP));
        Host.Node.Exec("nft", "flush", "ruleset");
        Host.Api.Set(Objects.SliceOf("web", 8080, "TCP", Local(One.Address)));
        await TestNode.UntilAsync(async () => (await TestNode.ConnectAsync(Client.Pod, ClusterIP, 80, 1)).StartsWith("one"));
    }

    [Fact]
    public async Task Proxy_Stopped_RulesStayUntilCleanup()
    {
        await ServeAsync(Objects.Service("web", ClusterIP));
        await Host.StopProxyAsync();
        Assert.Equal(2, (await ManyAsync(Client.Pod, ClusterIP, 80)).Count);
        using var nftables = Host.Node.Run(() => LibNftables.TryOpen()!);
        await RuleSync.CleanupAsync(nftables, default);
        await KernelTable.CleanupAsync(nftables, PolicyNames.Table, default);
        await Host.CleanupNetworkAsync();
        Assert.Equal("", Host.Node.Exec("nft", "list", "ruleset"));
        Assert.DoesNotContain("sampan0", Host.Node.Exec("ip", "link"));
        Assert.Equal("0", Host.Node.Exec("cat", "/proc/sys/net/ipv4/ip_forward").Trim());
    }

    private static Api.Core.V1.Service NodePort(string affinity) => Objects.Service("web", ClusterIP, change: s =>
    {
        (s.Spec.Type, s.Spec.SessionAffinity) = ("NodePort", affinity);
        s.Spec.Ports![0].NodePort = 30080;
    });

    private void SetPorts(params string[] protocols) => Host.Api.Set(Objects.Service("web", ClusterIP, change: s =>
        s.Spec.Ports = [.. protocols.Select(p => new Api.Core.V1.ServicePort { Name = p[..1].ToLowerInvariant(), Port = 80, Protocol = p })]));

    private async Task<bool> AnswersOverUdpAsync()
    {
        using var socket = TestNode.Udp(Client.Pod, ClusterIP, 80);
        try
        {
            return (await TestNode.AskAsync(socket)).StartsWith("one", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
