using System.Net.Sockets;
using System.Text;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Networking.V1;
using Sampan.Testing.Fakes;

namespace Sampan.EndToEnd.Tests.Network;

/// <summary>Real packets between pods of one node and somebody outside, through the rules made from NetworkPolicies.</summary>
public sealed class NetworkPolicyTests : IAsyncLifetime
{
    private TestNode _node = null!;
    private (NetworkNamespace Pod, string Address) _web, _shop, _other;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(NetworkNamespace.Unavailable is not null, NetworkNamespace.Unavailable ?? "");
        _node = new TestNode();
        await _node.StartAsync();
        _node.Api.Set(new Namespace { Metadata = new ObjectMeta { Name = "default", Labels = new() { ["team"] = "a" } } });
        _node.Api.Set(new Namespace { Metadata = new ObjectMeta { Name = "away", Labels = new() { ["team"] = "b" } } });
        (_web, _shop, _other) = (AddPod("default", "web"), AddPod("default", "shop"), AddPod("away", "other"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null) await _node.DisposeAsync();
    }

    [Fact]
    public async Task DefaultDeny_CutsPodsButNotTheNode()
    {
        Assert.StartsWith("web", await TestNode.ConnectAsync(_shop.Pod, _web.Address, 8080));
        SetIngress("web", null);
        await DeniedAsync(_shop, _web, 8080);
        await DeniedAsync(_other, _web, 8080);
        Assert.StartsWith("web", await TestNode.ConnectAsync(_node.Node, _web.Address, 8080));
        Assert.StartsWith("shop", await TestNode.ConnectAsync(_web.Pod, _shop.Address, 8080));
        _node.Api.Remove<NetworkPolicy>("default", "web");
        await TestNode.UntilAsync(async () => (await TestNode.ConnectAsync(_shop.Pod, _web.Address, 8080, 1)).StartsWith("web"));
    }

    [Fact]
    public async Task Ingress_ChosenPodsAndPorts_AreLetIn()
    {
        _node.Serve("second", _web.Pod, 8081);
        SetIngress("web", new NetworkPolicyIngressRule { From = [Pods("shop")], Ports = [Port("http")] });
        await DeniedAsync(_other, _web, 8080);
        Assert.StartsWith("web", await TestNode.ConnectAsync(_shop.Pod, _web.Address, 8080));
        await DeniedAsync(_shop, _web, 8081);
        SetIngress("web", new NetworkPolicyIngressRule
        {
            From = [new() { NamespaceSelector = new() { MatchLabels = new() { ["team"] = "b" } } }], Ports = [new() { Port = 8000, EndPort = 8080, Protocol = "TCP" }],
        });
        await TestNode.UntilAsync(async () => (await TestNode.ConnectAsync(_other.Pod, _web.Address, 8080, 1)).StartsWith("web"));
        await DeniedAsync(_shop, _web, 8080);
    }

    [Fact]
    public async Task Egress_BlockWithException_LimitsWhereThePodGoes()
    {
        _node.Serve("outside", _node.Outside, 9000);
        Assert.StartsWith("outside", await TestNode.ConnectAsync(_web.Pod, TestNode.OutsideAddress, 9000));
        SetEgress("web", new NetworkPolicyEgressRule { To = [new() { IpBlock = new() { Cidr = "0.0.0.0/0", Except = ["192.168.50.0/24"] } }] });
        await TestNode.UntilAsync(() => IsDeniedAsync(_web.Pod, TestNode.OutsideAddress, 9000));
        Assert.StartsWith("shop", await TestNode.ConnectAsync(_web.Pod, _shop.Address, 8080));
        Assert.StartsWith("web", await TestNode.ConnectAsync(_shop.Pod, _web.Address, 8080));
    }

    [Fact]
    public async Task Service_ToAPodThatMayNotBeReached_IsCutAfterTheTranslation()
    {
        _node.Api.Set(Objects.Service("web", "10.96.0.9"));
        _node.Api.Set(Objects.SliceOf("web", 8080, "TCP", Objects.Endpoint(_web.Address, node: "node")));
        await TestNode.UntilAsync(async () => (await TestNode.ConnectAsync(_shop.Pod, "10.96.0.9", 80, 1)).StartsWith("web"));
        SetIngress("web", new NetworkPolicyIngressRule { From = [Pods("other")] });
        await TestNode.UntilAsync(() => IsDeniedAsync(_shop.Pod, "10.96.0.9", 80));
        Assert.StartsWith("web", await TestNode.ConnectAsync(_web.Pod, "10.96.0.9", 80));
    }

    [Fact]
    public async Task Udp_PolicyForbidsWhatIsEstablished_AndAllowsItAgain()
    {
        using var socket = TestNode.Udp(_shop.Pod, _web.Address, 8080);
        Assert.StartsWith("web", await TestNode.AskAsync(socket));
        SetIngress("web", null);
        await TestNode.UntilAsync(() => IsSilentAsync(socket));
        SetIngress("web", new NetworkPolicyIngressRule { Ports = [new() { Protocol = "UDP" }] });
        await TestNode.UntilAsync(async () => !await IsSilentAsync(socket));
        await DeniedAsync(_shop, _web, 8080);
    }

    [Fact]
    public async Task Tcp_PolicyForbidsWhatIsEstablished_TheConnectionStops()
    {
        using var listener = _web.Pod.Run(() => new TcpListener(System.Net.IPAddress.Any, 7000));
        listener.Start();
        using var client = _shop.Pod.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        await client.ConnectAsync(_web.Address, 7000);
        using var server = await listener.AcceptSocketAsync();
        Assert.Equal("a", await RelayAsync(client, server, "a"));
        SetIngress("web", null);
        await DeniedAsync(_shop, _web, 8080);
        await client.SendAsync("b"u8.ToArray());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await server.ReceiveAsync(new byte[8], limit.Token));
        _node.Api.Remove<NetworkPolicy>("default", "web");
        Assert.Equal("b", await ReceiveAsync(server));
    }

    private static async Task<string> RelayAsync(Socket from, Socket to, string text)
    {
        await from.SendAsync(Encoding.ASCII.GetBytes(text));
        return await ReceiveAsync(to);
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        byte[] buffer = new byte[8];
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, limit.Token));
    }

    private (NetworkNamespace Pod, string Address) AddPod(string ns, string name)
    {
        var (pod, address) = _node.AddPod(name);
        _node.Api.Set(new Pod
        {
            Metadata = new ObjectMeta { Namespace = ns, Name = name, Labels = new() { ["app"] = name } },
            Spec = new PodSpec
            {
                NodeName = "node",
                Containers = [new Container { Name = "c", Ports = [new ContainerPort { Name = "http", ContainerPortValue = 8080, Protocol = "TCP" }] }],
            },
            Status = new PodStatus { Phase = "Running", PodIP = address, PodIPs = [new PodIP { Ip = address }] },
        });
        return (pod, address);
    }

    private static NetworkPolicyPeer Pods(string app) => new() { PodSelector = new() { MatchLabels = new() { ["app"] = app } } };

    private static NetworkPolicyPort Port(string name) => new() { Port = name, Protocol = "TCP" };

    private void SetIngress(string app, NetworkPolicyIngressRule? rule) =>
        Set(app, spec => (spec.PolicyTypes, spec.Ingress) = (["Ingress"], rule is null ? [] : [rule]));

    private void SetEgress(string app, NetworkPolicyEgressRule rule) =>
        Set(app, spec => (spec.PolicyTypes, spec.Egress) = (["Egress"], [rule]));

    private void Set(string app, Action<NetworkPolicySpec> change)
    {
        var policy = new NetworkPolicy
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = app },
            Spec = new NetworkPolicySpec { PodSelector = new() { MatchLabels = new() { ["app"] = app } } },
        };
        change(policy.Spec);
        _node.Api.Set(policy);
    }

    private static Task DeniedAsync((NetworkNamespace Pod, string Address) from, (NetworkNamespace Pod, string Address) to, int port) =>
        TestNode.UntilAsync(() => IsDeniedAsync(from.Pod, to.Address, port));

    private static async Task<bool> IsDeniedAsync(NetworkNamespace from, string address, int port)
    {
        try
        {
            await TestNode.ConnectAsync(from, address, port, 1);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private static async Task<bool> IsSilentAsync(Socket udp)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await udp.SendAsync("?"u8.ToArray(), limit.Token);
            await udp.ReceiveAsync(new byte[64], limit.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
