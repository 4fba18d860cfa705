using System.Net.Sockets;
using Sampan.Api.Discovery.V1;
using Sampan.Proxy.Nftables;
using Sampan.Proxy.Policies;
using Sampan.Proxy.Sync;
using Sampan.Testing.Fakes;

namespace Sampan.EndToEnd.Tests.Network;

/// <summary>Real packets through the rules, on a node in namespaces.</summary>
public sealed class ServiceProxyTests : IAsyncLifetime
{
    private const string ClusterIP = "10.96.0.9";
    private TestNode _node = null!;
    private (NetworkNamespace Pod, string Address) _one, _two, _client;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(NetworkNamespace.Unavailable is not null, NetworkNamespace.Unavailable ?? "");
        _node = new TestNode();
        await _node.StartAsync();
        (_one, _two, _client) = (_node.AddPod("one"), _node.AddPod("two"), _node.AddPod("client"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null) await _node.DisposeAsync();
    }

    [Fact]
    public async Task ClusterIP_FromPodAndNode_ReachesAllEndpoints()
    {
        await ServeAsync(Objects.Service("web", ClusterIP));
        var fromPod = await ManyAsync(_client.Pod, ClusterIP, 80);
        Assert.Equal([$"one {_client.Address}", $"two {_client.Address}"], fromPod);
        var fromNode = await ManyAsync(_node.Node, ClusterIP, 80);
        Assert.Equal(["one 10.244.0.1", "two 10.244.0.1"], fromNode);
    }

    [Fact]
    public async Task ClusterIP_FromItsOwnEndpoint_ComesBack()
    {
        _node.Api.Set(Objects.SliceOf("web", 8080, "TCP", Local(_one.Address)));
        _node.Api.Set(Objects.Service("web", ClusterIP));
        await TestNode.UntilAsync(async () => await TestNode.ConnectAsync(_client.Pod, ClusterIP, 80, 1) == $"one {_client.Address}");
        Assert.Equal("one 10.244.0.1", await TestNode.ConnectAsync(_one.Pod, ClusterIP, 80));
    }

    [Fact]
    public async Task NodePort_FromOutsideNodeAndLoopback_Answers()
    {
        await ServeAsync(Objects.Service("web", ClusterIP, change: s =>
        {
            s.Spec!.Type = "NodePort";
            s.Spec.Ports![0].NodePort = 30080;
        }));
        Assert.Equal(["one 10.244.0.1", "two 10.244.0.1"], await ManyAsync(_node.Outside, TestNode.NodeAddress, 30080));
        Assert.Equal(["one 10.244.0.1", "two 10.244.0.1"], await ManyAsync(_node.Node, TestNode.NodeAddress, 30080));
        Assert.Equal(["one 10.244.0.1", "two 10.244.0.1"], await ManyAsync(_node.Node, "127.0.0.1", 30080));
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
        _node.Outside.Exec("ip", "route", "add", "10.244.0.0/16", "via", TestNode.NodeAddress);
        var answers = await ManyAsync(_node.Outside, TestNode.NodeAddress, 30080);
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
        _node.Outside.Exec("ip", "route", "add", "198.51.100.0/24", "via", TestNode.NodeAddress);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TestNode.ConnectAsync(_node.Outside, "198.51.100.7", 80, 1));
        _node.Outside.Exec("ip", "address", "add", "203.0.113.5/32", "dev", "lo");
        _node.Outside.Exec("ip", "route", "replace", "198.51.100.0/24", "via", TestNode.NodeAddress, "src", "203.0.113.5");
        _node.Node.Exec("ip", "route", "add", "203.0.113.0/24", "via", TestNode.OutsideAddress);
        Assert.Equal(2, (await ManyAsync(_node.Outside, "198.51.100.7", 80)).Count);
    }

    [Fact]
    public async Task Affinity_OneClient_StaysUntilItsEndpointGoes()
    {
        await ServeAsync(Objects.Service("web", ClusterIP, change: s => s.Spec!.SessionAffinity = "ClientIP"));
        string first = Assert.Single(await ManyAsync(_client.Pod, ClusterIP, 80));
        bool one = first.StartsWith("one", StringComparison.Ordinal);
        _node.Api.Set(Objects.SliceOf("web", 8080, "TCP", Local(one ? _two.Address : _one.Address)));
        await TestNode.UntilAsync(async () => await TestNode.ConnectAsync(_client.Pod, ClusterIP, 80, 1) != first);
        Assert.Single(await ManyAsync(_client.Pod, ClusterIP, 80));
    }

    [Fact]
    public async Task Affinity_OfANodePort_HoldsUntilItIsTakenAway()
    {
        await ServeAsync(NodePort("ClientIP"));
        Assert.Single(await ManyAsync(_node.Outside, TestNode.NodeAddress, 30080));
        Assert.Single(await ManyAsync(_client.Pod, ClusterIP, 80));
        _node.Api.Set(NodePort("None"));
        await TestNode.UntilAsync(async () => (await ManyAsync(_node.Outside, TestNode.NodeAddress, 30080)).Count == 2);
        await TestNode.UntilAsync(async () => (await ManyAsync(_client.Pod, ClusterIP, 80)).Count == 2);
        _node.Api.Set(NodePort("ClientIP"));
        await TestNode.UntilAsync(async () => (await ManyAsync(_client.Pod, ClusterIP, 80)).Count == 1);
    }

    [Fact]
    public async Task TcpAndUdp_OnOnePort_AreServedApart()
    {
        EndpointSlice slice = Objects.SliceOf("web", 8080, "TCP", Local(_one.Address));
        slice.Ports = [new() { Name = "t", Port = 8080, Protocol = "TCP" }, new() { Name = "u", Port = 8080, Protocol = "UDP" }];
        _node.Api.Set(slice);
        SetPorts("TCP", "UDP");
        await TestNode.UntilAsync(async () => (await TestNode.ConnectAsync(_client.Pod, ClusterIP, 80, 1)).StartsWith("one"));
        await TestNode.UntilAsync(() => AnswersOverUdpAsync());
        SetPorts("TCP");
        await TestNode.UntilAsync(async () => !await AnswersOverUdpAsync());
        Assert.StartsWith("one", await TestNode.ConnectAsync(_client.Pod, ClusterIP, 80));
        SetPorts("UDP");
        await TestNode.UntilAsync(() => AnswersOverUdpAsync());
        await TestNode.UntilAsync(async () =>
            (await Record.ExceptionAsync(() => TestNode.ConnectAsync(_client.Pod, ClusterIP, 80, 1))) is SocketException { SocketErrorCode: SocketError.ConnectionRefused });
    }

    [Fact]
    public async Task NoEndpoints_AreRefusedAtOnce()
    {
        _node.Api.Set(Objects.Service("web", ClusterIP));
        _node.Api.Set(Objects.SliceOf("web", 8080, "TCP"));
        await TestNode.UntilAsync(() => Task.FromResult(_node.Node.Exec("nft", "list", "map", "ip", "sampan-proxy", "refused").Contains(ClusterIP)));
        foreach (var from in new[] { _client.Pod, _node.Node })
        {
            var e = await Assert.ThrowsAsync<SocketException>(() => TestNode.ConnectAsync(from, ClusterIP, 80));
            Assert.Equal(SocketError.ConnectionRefused, e.SocketErrorCode);
        }
    }

    [Fact]
    public async Task UnknownPort_IsRefusedAtOnce()
    {
        await ServeAsync(Objects.Service("web", ClusterIP));
        foreach (var from in new[] { _client.Pod, _node.Node })
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
                await TestNode.ConnectAsync(_client.Pod, ClusterIP, 80);
                Interlocked.Increment(ref connections);
            }
        }));
        for (int i = 0; (i < 200 || Volatile.Read(ref connections) < 200) && !load.IsCompleted; i++)
        {
            Endpoint[] endpoints = (i % 3) switch
            {
                0 => [Local(_one.Address)],
                1 => [Local(_two.Address)],
                _ => [Local(_two.Address), Local(_one.Address)],
            };
            _node.Api.Set(Objects.SliceOf("web", 8080, "TCP", endpoints));
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
            _node.Node.Exec("nft", "add table ip other; add chain ip other c; delete table ip other");
            var endpoints = Enumerable.Range(1, count).Select(i => Local($"10.244.0.{i + 1}"));
            _node.Api.Set(Objects.SliceOf("web", 8080, "TCP", [.. endpoints]));
            await TestNode.UntilAsync(() => Task.FromResult(
                _node.Node.Exec("nft", "list", "map", "ip", "sampan-proxy", "nodeport-services").Contains($"nodeport-external-tcp-{count}")));
            Assert.Equal(0, _node.FullSyncsAfterStart);
        }
    }

    [Fact]
    public async Task Udp_EndpointReplaced_TheSameSocketReachesTheNext()
    {
        _node.Api.Set(Objects.Service("dns", "10.96.0.53", 53, "UDP"));
        _node.Api.Set(Objects.SliceOf("dns", 8080, "UDP", Local(_one.Address)));
        using var socket = TestNode.Udp(_client.Pod, "10.96.0.53", 53);
        await TestNode.UntilAsync(async () => (await TestNode.AskAsync(socket)).StartsWith("one"));
        _node.Api.Set(Objects.SliceOf("dns", 8080, "UDP", Local(_two.Address)));
        await TestNode.UntilAsync(async () => (await TestNode.AskAsync(socket)).StartsWith("two"));
    }

    [Fact]
    public async Task Tables_FlushedBySomebody_ComeBack()
    {
        await ServeAsync(Objects.Service("web", ClusterIP));
        _node.Node.Exec("nft", "flush", "ruleset");
        _node.Api.Set(Objects.SliceOf("web", 8080, "TCP", Local(_one.Address)));
        await TestNode.UntilAsync(async () => (await TestNode.ConnectAsync(_client.Pod, ClusterIP, 80, 1)).StartsWith("one"));
    }

    [Fact]
    public async Task Proxy_Stopped_RulesStayUntilCleanup()
    {
        await ServeAsync(Objects.Service("web", ClusterIP));
        await _node.StopProxyAsync();
        Assert.Equal(2, (await ManyAsync(_client.Pod, ClusterIP, 80)).Count);
        using var nftables = _node.Node.Run(() => LibNftables.TryOpen()!);
        await RuleSync.CleanupAsync(nftables, default);
        await KernelTable.CleanupAsync(nftables, PolicyNames.Table, default);
        await _node.CleanupNetworkAsync();
        Assert.Equal("", _node.Node.Exec("nft", "list", "ruleset"));
        Assert.DoesNotContain("sampan0", _node.Node.Exec("ip", "link"));
        Assert.Equal("0", _node.Node.Exec("cat", "/proc/sys/net/ipv4/ip_forward").Trim());
    }

    private static Api.Core.V1.Service NodePort(string affinity) => Objects.Service("web", ClusterIP, change: s =>
    {
        (s.Spec.Type, s.Spec.SessionAffinity) = ("NodePort", affinity);
        s.Spec.Ports![0].NodePort = 30080;
    });

    private void SetPorts(params string[] protocols) => _node.Api.Set(Objects.Service("web", ClusterIP, change: s =>
        s.Spec.Ports = [.. protocols.Select(p => new Api.Core.V1.ServicePort { Name = p[..1].ToLowerInvariant(), Port = 80, Protocol = p })]));

    private async Task<bool> AnswersOverUdpAsync()
    {
        using var socket = TestNode.Udp(_client.Pod, ClusterIP, 80);
        try
        {
            return (await TestNode.AskAsync(socket)).StartsWith("one", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    private static Endpoint Local(string address) => Objects.Endpoint(address, node: "node");

    private async Task ServeAsync(Api.Core.V1.Service service)
    {
        string port = $"{service.Spec!.ClusterIP} . tcp . 80";
        _node.Api.Set(Objects.SliceOf(service.Metadata.Name, 8080, "TCP", Local(_one.Address), Local(_two.Address)));
        _node.Api.Set(service);
        await TestNode.UntilAsync(() => Task.FromResult(
            _node.Node.Exec("nft", "list", "map", "ip", "sampan-proxy", "services").Contains(port)));
    }

    /// <summary>The different answers to many connections.</summary>
    private static async Task<List<string>> ManyAsync(NetworkNamespace from, string address, int port)
    {
        var answers = new SortedSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < 24; i++) answers.Add(await TestNode.ConnectAsync(from, address, port));
        return [.. answers];
    }
}
