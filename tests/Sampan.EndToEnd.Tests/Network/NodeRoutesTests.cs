using System.Net;
using System.Net.Sockets;
using Sampan.Api.Core.V1;
using Sampan.Api.Networking.V1;
using Sampan.Testing.Fakes;
using IPAddress = System.Net.IPAddress;

namespace Sampan.EndToEnd.Tests.Network;

/// <summary>
/// Three nodes in namespaces: a and b on one link, c behind a router, whose links take packets of 1400 bytes.
/// <code>
/// a 192.168.60.11 ─┐
/// b 192.168.60.12 ─┴─ router ── c 192.168.61.13
/// </code>
/// </summary>
public sealed class NodeRoutesTests : IAsyncLifetime
{
    private const int Mtu = 1400, TunnelMtu = Mtu - 50, Headers = 28;
    private readonly FakeApi _api = new();
    private NetworkNamespace _router = null!;
    private RoutedNode _a = null!, _b = null!, _c = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(NetworkNamespace.Unavailable is not null, NetworkNamespace.Unavailable ?? "");
        string id = $"routes-{Guid.NewGuid().ToString("N")[..6]}";
        _router = new NetworkNamespace($"{id}-router");
        foreach (string subnet in new[] { "60", "61" })
        {
            _router.Exec("ip", "link", "add", $"br{subnet}", "type", "bridge");
            _router.Exec("ip", "address", "add", $"192.168.{subnet}.1/24", "dev", $"br{subnet}");
            _router.Exec("ip", "link", "set", $"br{subnet}", "up");
        }

        _router.Exec("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        _a = new RoutedNode(_api, _router, id, "a", "192.168.60.11", "10.244.1.0/24,fd00:10:244:1::/64", "fd00:60::11", Mtu);
        _b = new RoutedNode(_api, _router, id, "b", "192.168.60.12", "10.244.2.0/24,fd00:10:244:2::/64", "fd00:60::12", Mtu);
        _c = new RoutedNode(_api, _router, id, "c", "192.168.61.13", "10.244.3.0/24,fd00:10:244:3::/64", mtu: Mtu);
        _api.Set(Objects.Ranges("kubernetes", "10.96.0.0/16"));
        foreach (var node in new[] { _a, _b, _c }) await node.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in new[] { _a, _b, _c })
        {
            if (node is not null) await node.DisposeAsync();
        }

        _router?.Dispose();
    }

    [Fact]
    public async Task Pods_OnALinkAndBehindARouter_SeeEachOthersAddresses()
    {
        var (one, two, three) = (_a.AddPod("one"), _b.AddPod("two"), _c.AddPod("three"));
        await TestNode.UntilAsync(async () => await TestNode.ConnectAsync(one.Pod, two.Address, 8080, 1) == $"two {one.Address}");
        await TestNode.UntilAsync(async () => await TestNode.ConnectAsync(one.Pod, three.Address, 8080, 1) == $"three {one.Address}");
        await TestNode.UntilAsync(async () => await TestNode.ConnectAsync(three.Pod, two.Address, 8080, 1) == $"two {three.Address}");
        Assert.Contains("10.244.2.0/24 via 192.168.60.12 dev eth0", _a.Routes());
        Assert.Contains("10.244.3.0/24 via 10.244.3.0 dev sampan-vxlan", _a.Routes());
        Assert.StartsWith("three", await TestNode.ConnectAsync(_a.Namespace, three.Address, 8080));
    }

    [Fact]
    public async Task Pods_OfBothFamilies_SeeEachOthersIPv6Addresses()
    {
        var (one, two, three) = (_a.AddPodOfAll("one"), _b.AddPodOfAll("two"), _c.AddPodOfAll("three"));
        await TestNode.UntilAsync(async () => await TestNode.ConnectAsync(one.Pod, two.Addresses[1], 8080, 1) == $"two {one.Addresses[1]}");
        await TestNode.UntilAsync(async () => await TestNode.ConnectAsync(one.Pod, three.Addresses[1], 8080, 1) == $"three {one.Addresses[1]}");
        await TestNode.UntilAsync(async () => await TestNode.ConnectAsync(three.Pod, two.Addresses[1], 8080, 1) == $"two {three.Addresses[1]}");
        string routes = _a.Namespace.Exec("ip", "-6", "route");
        Assert.Contains("fd00:10:244:2::/64 via fd00:60::12 dev eth0", routes);
        Assert.Matches("fd00:10:244:3::/64 via fe80::\\S+ dev sampan-vxlan", routes);
    }

    [Fact]
    public async Task Service_WithEndpointsOnOtherNodes_IsReachedFromPodAndNode()
    {
        var (one, two, three) = (_a.AddPod("one"), _b.AddPod("two"), _c.AddPod("three"));
        _api.Set(Objects.Service("web", "10.96.0.9"));
        _api.Set(Objects.SliceOf("web", 8080, "TCP", Objects.Endpoint(two.Address, node: "b"), Objects.Endpoint(three.Address, node: "c")));
        foreach (var from in new[] { one.Pod, _a.Namespace })
        {
            foreach (string name in new[] { "two", "three" })
                await TestNode.UntilAsync(async () => (await TestNode.ConnectAsync(from, "10.96.0.9", 80, 1)).StartsWith(name, StringComparison.Ordinal));
        }

        Assert.EndsWith(one.Address, await TestNode.ConnectAsync(one.Pod, "10.96.0.9", 80));
    }

    [Fact]
    public async Task DefaultDeny_OverALinkAndATunnel_LetsInWhomAPolicyNames()
    {
        var (one, two, three) = (_a.AddPod("one"), _b.AddPod("two"), _c.AddPod("three"));
        _api.Set(new Namespace { Metadata = new() { Name = "default" } });
        foreach (var (name, node, address) in new[] { ("one", "a", one.Address), ("two", "b", two.Address), ("three", "c", three.Address) })
            _api.Set(Running(name, node, address));
        await ReachesAsync(two.Pod, one.Address, "one");
        await ReachesAsync(three.Pod, one.Address, "one");
        SetPolicy("deny", []);
        foreach (var from in new[] { two.Pod, three.Pod }) await TestNode.UntilAsync(() => IsSilentAsync(from, one.Address));
        await ReachesAsync(_a.Namespace, one.Address, "one");
        SetPolicy("allow", [new() { From = [new() { PodSelector = new() { MatchLabels = new() { ["app"] = "three" } } }] }]);
        await ReachesAsync(three.Pod, one.Address, "one");
        await TestNode.UntilAsync(() => IsSilentAsync(two.Pod, one.Address));
    }

    [Fact]
    public async Task Tunnel_MuchData_FitsThrough()
    {
        var (one, three) = (_a.AddPod("one"), _c.AddPod("three"));
        using var listener = three.Pod.Run(() => new TcpListener(IPAddress.Any, 7000));
        listener.Start();
        using var client = one.Pod.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await TestNode.UntilAsync(async () => (await TestNode.ConnectAsync(one.Pod, three.Address, 8080, 1)).Length > 0);
        await client.ConnectAsync(three.Address, 7000, limit.Token);
        using var server = await listener.AcceptSocketAsync(limit.Token);
        byte[] data = new byte[1 << 20];
        Random.Shared.NextBytes(data);
        var sending = SendAsync(client, data, limit.Token);
        byte[] received = new byte[data.Length];
        for (int length = 0; length < received.Length;)
        {
            int read = await server.ReceiveAsync(received.AsMemory(length), limit.Token);
            Assert.NotEqual(0, read);
            length += read;
        }

        await sending;
        Assert.Equal(data, received);
    }

    [Fact]
    public async Task Datagrams_OfTheLargestSize_PassWholeAndWhoSendsLargerOnesIsTold()
    {
        var (one, two, three) = (_a.AddPod("one"), _b.AddPod("two"), _c.AddPod("three"));
        await ReachesAsync(one.Pod, two.Address, "two");
        await ReachesAsync(one.Pod, three.Address, "three");
        Assert.Contains($"mtu {Mtu} ", one.Pod.Exec("ip", "link", "show", "eth0"));
        Assert.Contains($"mtu {TunnelMtu} ", _a.Namespace.Exec("ip", "link", "show", "sampan-vxlan"));
        await PassesAsync(one.Pod, two.Address, Mtu, whole: true);
        await PassesAsync(one.Pod, three.Address, TunnelMtu, whole: true);

        // The node answers the first one that is too large with what the tunnel takes, and the pod's kernel remembers it.
        await TestNode.UntilAsync(async () => await Record.ExceptionAsync(() => AskAsync(one.Pod, three.Address, Mtu, whole: true)) is SocketException { SocketErrorCode: SocketError.MessageSize });
        await PassesAsync(one.Pod, three.Address, 3000, whole: false);
        await PassesAsync(three.Pod, one.Address, 3000, whole: false);
    }

    [Fact]
    public async Task Node_GoesAndReturnsWithAnotherAddress_IsFollowed()
    {
        _api.Remove<Node>("", "b");
        await TestNode.UntilAsync(() => Task.FromResult(!_a.Routes().Contains("10.244.2.0/24") && !_c.Routes().Contains("10.244.2.0/24")));
        _b.Namespace.Exec("ip", "address", "add", "192.168.60.22/24", "dev", "eth0");
        _api.Set(new Node
        {
            Metadata = new() { Name = "b" },
            Spec = new() { PodCIDR = "10.244.2.0/24" },
            Status = new() { Addresses = [new() { Type = "InternalIP", Address = "192.168.60.22" }] },
        });
        await TestNode.UntilAsync(() => Task.FromResult(_a.Routes().Contains("10.244.2.0/24 via 192.168.60.22 dev eth0")));
        var (one, two) = (_a.AddPod("one"), _b.AddPod("two"));
        await TestNode.UntilAsync(async () => (await TestNode.ConnectAsync(one.Pod, two.Address, 8080, 1)).StartsWith("two", StringComparison.Ordinal));
    }

    private static Task PassesAsync(NetworkNamespace from, string address, int size, bool whole) =>
        TestNode.UntilAsync(async () => (await AskAsync(from, address, size, whole)).Length > 0);

    /// <summary>Sends a packet of so many bytes and waits for the answer.</summary>
    private static async Task<string> AskAsync(NetworkNamespace from, string address, int size, bool whole)
    {
        using var udp = TestNode.Udp(from, address, 8080);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        if (whole) udp.DontFragment = true;
        await udp.SendAsync(new byte[size - Headers], limit.Token);
        byte[] answer = new byte[64];
        return System.Text.Encoding.ASCII.GetString(answer, 0, await udp.ReceiveAsync(answer, limit.Token));
    }

    private static Task ReachesAsync(NetworkNamespace from, string address, string name) =>
        TestNode.UntilAsync(async () => (await TestNode.ConnectAsync(from, address, 8080, 1)).StartsWith(name, StringComparison.Ordinal));

    private static async Task<bool> IsSilentAsync(NetworkNamespace from, string address) =>
        await Record.ExceptionAsync(() => TestNode.ConnectAsync(from, address, 8080, 1)) is OperationCanceledException;

    private static Pod Running(string name, string node, string address) => new()
    {
        Metadata = new() { Namespace = "default", Name = name, Labels = new() { ["app"] = name } },
        Spec = new() { NodeName = node, Containers = [new() { Name = "c" }] },
        Status = new() { Phase = "Running", PodIP = address, PodIPs = [new() { Ip = address }] },
    };

    /// <summary>For the pod "one".</summary>
    private void SetPolicy(string name, List<NetworkPolicyIngressRule> ingress) => _api.Set(new NetworkPolicy
    {
        Metadata = new() { Namespace = "default", Name = name },
        Spec = new() { PodSelector = new() { MatchLabels = new() { ["app"] = "one" } }, PolicyTypes = ["Ingress"], Ingress = ingress },
    });

    private static async Task SendAsync(Socket socket, byte[] data, CancellationToken cancellationToken)
    {
        for (int sent = 0; sent < data.Length;) sent += await socket.SendAsync(data.AsMemory(sent), cancellationToken);
    }
}
