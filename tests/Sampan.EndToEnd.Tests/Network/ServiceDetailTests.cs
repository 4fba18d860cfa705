using System.Net.Sockets;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.EndToEnd.Tests.Cluster;
using Sampan.Testing.Fakes;

namespace Sampan.EndToEnd.Tests.Network;

/// <summary>The rarer wishes that a Service may have, with real packets.</summary>
public sealed class ServiceDetailTests : IAsyncLifetime
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
    public async Task ExternalIP_FromOutsideAndPod_Answers()
    {
        _node.Api.Set(Objects.SliceOf("web", 8080, "TCP", Local(_one.Address)));
        _node.Api.Set(Objects.Service("web", ClusterIP, change: s => s.Spec.ExternalIPs = ["198.51.100.7"]));
        _node.Outside.Exec("ip", "route", "add", "198.51.100.0/24", "via", TestNode.NodeAddress);
        await AnswersAsync(_node.Outside, "198.51.100.7", 80, "one 10.244.0.1");
        await AnswersAsync(_client.Pod, "198.51.100.7", 80, "one 10.244.0.1");
    }

    [Fact]
    public async Task Endpoints_ThatTerminate_ServeWhileNoOtherIsReady()
    {
        var leaving = Objects.Endpoint(_one.Address, ready: false, terminating: true, node: "node");
        _node.Api.Set(Objects.Service("web", ClusterIP));
        _node.Api.Set(Objects.SliceOf("web", 8080, "TCP", leaving));
        await AnswersAsync(_client.Pod, ClusterIP, 80, $"one {_client.Address}");
        _node.Api.Set(Objects.SliceOf("web", 8080, "TCP", leaving, Local(_two.Address)));
        await AnswersAsync(_client.Pod, ClusterIP, 80, $"two {_client.Address}");
        for (int i = 0; i < 12; i++) Assert.StartsWith("two", await TestNode.ConnectAsync(_client.Pod, ClusterIP, 80));
    }

    [Fact]
    public async Task InternalPolicyLocal_WithoutAnEndpointHere_IsSilent()
    {
        void Set(string node) => _node.Api.Set(Objects.SliceOf("web", 8080, "TCP", Objects.Endpoint(_one.Address, node: node)));
        _node.Api.Set(Objects.Service("web", ClusterIP, change: s => s.Spec.InternalTrafficPolicy = "Local"));
        Set("node");
        await AnswersAsync(_client.Pod, ClusterIP, 80, $"one {_client.Address}");
        Set("elsewhere");
        await TestNode.UntilAsync(async () => await Record.ExceptionAsync(() => TestNode.ConnectAsync(_client.Pod, ClusterIP, 80, 1)) is OperationCanceledException);
    }

    [Fact]
    public async Task HealthCheckNodePort_OfPolicyLocal_TellsTheBalancerWhoServes()
    {
        // The listener is opened where the proxy's process is: in the test's own network.
        int port = FreePort();
        _node.Api.Set(Objects.Service("web", ClusterIP, change: s =>
            (s.Spec.Type, s.Spec.ExternalTrafficPolicy, s.Spec.HealthCheckNodePort) = ("LoadBalancer", "Local", port)));
        _node.Api.Set(Objects.SliceOf("web", 8080, "TCP", Local(_one.Address)));
        await StatusAsync(port, "200");
        _node.Api.Set(Objects.SliceOf("web", 8080, "TCP", Objects.Endpoint(_one.Address, ready: false, terminating: true, node: "node")));
        await StatusAsync(port, "503");
    }

    [Fact]
    public async Task HintsForThisNode_KeepTrafficHere()
    {
        Endpoint Hinted(string address, string node) => new()
        {
            Addresses = [address], NodeName = node, Conditions = new() { Ready = true },
            Hints = new() { ForNodes = [new() { Name = node }] },
        };
        _node.Api.Set(Objects.Service("web", ClusterIP, change: s => s.Spec.TrafficDistribution = "PreferSameNode"));
        _node.Api.Set(Objects.SliceOf("web", 8080, "TCP", Hinted(_one.Address, "node"), Hinted(_two.Address, "elsewhere")));
        await AnswersAsync(_client.Pod, ClusterIP, 80, $"one {_client.Address}");
        for (int i = 0; i < 12; i++) Assert.StartsWith("one", await TestNode.ConnectAsync(_client.Pod, ClusterIP, 80));
    }

    [Fact]
    public async Task Sctp_OnTheKernelOfThisHost_HasItsRules()
    {
        _node.Api.Set(Objects.Service("signal", "10.96.0.33", 2905, "SCTP"));
        _node.Api.Set(Objects.SliceOf("signal", 2905, "SCTP", Local(_one.Address), Local(_two.Address)));
        await TestNode.UntilAsync(() => Task.FromResult(
            Map("services").Contains("10.96.0.33 . sctp . 2905", StringComparison.Ordinal)
            && Map("endpoints-sctp").Contains($"{_two.Address} . 2905", StringComparison.Ordinal)));
        Assert.Contains("numgen random mod 2", _node.Node.Exec("nft", "list", "chain", "ip", "sampan-proxy", "cluster-sctp-2"));
    }

    [Fact]
    public async Task Udp_ServiceDeleted_ItsFlowsAreForgotten()
    {
        _node.Api.Set(Objects.Service("dns", "10.96.0.53", 53, "UDP"));
        _node.Api.Set(Objects.SliceOf("dns", 8080, "UDP", Local(_one.Address)));
        using var socket = TestNode.Udp(_client.Pod, "10.96.0.53", 53);
        await TestNode.UntilAsync(async () => (await TestNode.AskAsync(socket)).StartsWith("one", StringComparison.Ordinal));
        _node.Api.Remove<Service>("default", "dns");
        await TestNode.UntilAsync(async () => await Record.ExceptionAsync(() => TestNode.AskAsync(socket)) is not null);
    }

    [Fact]
    public async Task OtherTables_OfTheHost_AreLeftAlone()
    {
        _node.Node.Exec("nft", "add table inet theirs; add chain inet theirs input { type filter hook input priority 0; policy accept; }; add rule inet theirs input counter");
        _node.Api.Set(Objects.SliceOf("web", 8080, "TCP", Local(_one.Address)));
        _node.Api.Set(Objects.Service("web", ClusterIP));
        await AnswersAsync(_client.Pod, ClusterIP, 80, $"one {_client.Address}");
        await _node.StopProxyAsync();
        Assert.Contains("counter", _node.Node.Exec("nft", "list", "table", "inet", "theirs"));
    }

    private static Task AnswersAsync(NetworkNamespace from, string address, int port, string answer) =>
        TestNode.UntilAsync(async () => await TestNode.ConnectAsync(from, address, port, 1) == answer);

    private static Task StatusAsync(int port, string code) => TestNode.UntilAsync(async () =>
        (await Shell.TryAsync("curl", ["-s", "-m", "5", "-o", "/dev/null", "-w", "%{http_code}", $"http://127.0.0.1:{port}/"])).Output == code);

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Endpoint Local(string address) => Objects.Endpoint(address, node: "node");

    private string Map(string name) => _node.Node.Exec("nft", "list", "map", "ip", "sampan-proxy", name);
}
