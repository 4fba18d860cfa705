using System.Net.Sockets;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.EndToEnd.Tests.Cluster;
using Sampan.Testing.Fakes;

namespace Sampan.EndToEnd.Tests.Network;

/// <summary>The rarer wishes that a Service may have, with real packets.</summary>
public sealed class ServiceDetailTests : ServiceTest
{
    [Fact]
    public async Task ExternalIP_FromOutsideAndPod_Answers()
    {
        Host.Api.Set(Objects.SliceOf("web", 8080, "TCP", Local(One.Address)));
        Host.Api.Set(Objects.Service("web", ClusterIP, change: s => s.Spec.ExternalIPs = ["198.51.100.7"]));
        Host.Outside.Exec("ip", "route", "add", "198.51.100.0/24", "via", TestNode.NodeAddress);
        await AnswersAsync(Host.Outside, "198.51.100.7", 80, "one 10.244.0.1");
        await AnswersAsync(Client.Pod, "198.51.100.7", 80, "one 10.244.0.1");
    }

    [Fact]
    public async Task Endpoints_ThatTerminate_ServeWhileNoOtherIsReady()
    {
        var leaving = Objects.Endpoint(One.Address, ready: false, terminating: true, node: "node");
        Host.Api.Set(Objects.Service("web", ClusterIP));
        Host.Api.Set(Objects.SliceOf("web", 8080, "TCP", leaving));
        await AnswersAsync(Client.Pod, ClusterIP, 80, $"one {Client.Address}");
        Host.Api.Set(Objects.SliceOf("web", 8080, "TCP", leaving, Local(Two.Address)));
        await AnswersAsync(Client.Pod, ClusterIP, 80, $"two {Client.Address}");
        for (int i = 0; i < 12; i++) Assert.StartsWith("two", await TestNode.ConnectAsync(Client.Pod, ClusterIP, 80));
    }

    /// <summary>Readiness that goes and comes back decides about new connections only.</summary>
    [Fact]
    public async Task Readiness_LostByAll_RefusesNewConnectionsUntilItIsBack()
    {
        using var listener = await ListenAsync();
        using var client = await ConnectAsync();
        for (int flap = 0; flap < 2; flap++)
        {
            Host.Api.Set(Objects.SliceOf("web", 7000, "TCP", Objects.Endpoint(One.Address, ready: false, node: "node")));
            await TestNode.UntilAsync(async () =>
                await Record.ExceptionAsync(CanConnectAsync) is SocketException { SocketErrorCode: SocketError.ConnectionRefused });
            await client.SendAsync("still"u8.ToArray());
            Host.Api.Set(Objects.SliceOf("web", 7000, "TCP", Local(One.Address)));
            await TestNode.UntilAsync(CanConnectAsync);
        }

        using var server = await AcceptAsync(listener, client);
        Assert.Equal("stillstill", await ReceiveAsync(server, "stillstill".Length));
    }

    /// <summary>
    /// Upstream: "should drop INVALID conntrack entries". Its client, who knows the Service alone, would answer such a packet of the
    /// endpoint with a reset.
    /// </summary>
    [Fact]
    public async Task Tcp_PacketOutsideTheWindow_CostsNoConnection()
    {
        using var listener = await ListenAsync();
        using var client = await ConnectAsync();
        using var server = await AcceptAsync(listener, client);
        for (int i = 0; i < 3; i++)
        {
            TcpInjector.Send(One.Pod, server, new(System.Net.IPAddress.Parse(Client.Address), ((System.Net.IPEndPoint)client.LocalEndPoint!).Port));
            await client.SendAsync("on"u8.ToArray());
            Assert.Equal("on", await ReceiveAsync(server, 2));
            await server.SendAsync("ok"u8.ToArray());
            Assert.Equal("ok", await ReceiveAsync(client, 2));
        }
    }

    /// <summary>An endpoint of the Service that the test itself answers for.</summary>
    private async Task<TcpListener> ListenAsync()
    {
        var listener = One.Pod.Run(() => new TcpListener(System.Net.IPAddress.Any, 7000));
        listener.Start();
        Host.Api.Set(Objects.Service("web", ClusterIP));
        Host.Api.Set(Objects.SliceOf("web", 7000, "TCP", Local(One.Address)));
        await TestNode.UntilAsync(CanConnectAsync);
        return listener;
    }

    private async Task<bool> CanConnectAsync()
    {
        (await ConnectAsync()).Dispose();
        return true;
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = Client.Pod.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await socket.ConnectAsync(ClusterIP, 80, limit.Token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The other end of this client's connection.</summary>
    private static async Task<Socket> AcceptAsync(TcpListener listener, Socket client)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var server = await listener.AcceptSocketAsync(limit.Token);
            if (((System.Net.IPEndPoint)server.RemoteEndPoint!).Port == ((System.Net.IPEndPoint)client.LocalEndPoint!).Port) return server;
            server.Dispose();
        }
    }

    private static async Task<string> ReceiveAsync(Socket socket, int length)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        byte[] buffer = new byte[length];
        for (int have = 0; have < length;)
        {
            int read = await socket.ReceiveAsync(buffer.AsMemory(have), limit.Token);
            Assert.NotEqual(0, read);
            have += read;
        }

        return System.Text.Encoding.ASCII.GetString(buffer);
    }

    [Fact]
    public async Task InternalPolicyLocal_WithoutAnEndpointHere_IsSilent()
    {
        void Set(string node) => Host.Api.Set(Objects.SliceOf("web", 8080, "TCP", Objects.Endpoint(One.Address, node: node)));
        Host.Api.Set(Objects.Service("web", ClusterIP, change: s => s.Spec.InternalTrafficPolicy = "Local"));
        Set("node");
        await AnswersAsync(Client.Pod, ClusterIP, 80, $"one {Client.Address}");
        Set("elsewhere");
        await TestNode.UntilAsync(async () => await Record.ExceptionAsync(() => TestNode.ConnectAsync(Client.Pod, ClusterIP, 80, 1)) is OperationCanceledException);
    }

    [Fact]
    public async Task HealthCheckNodePort_OfPolicyLocal_TellsTheBalancerWhoServes()
    {
        // The listener is opened where the proxy's process is: in the test's own network.
        int port = FreePort();
        Host.Api.Set(Objects.Service("web", ClusterIP, change: s =>
            (s.Spec.Type, s.Spec.ExternalTrafficPolicy, s.Spec.HealthCheckNodePort) = ("LoadBalancer", "Local", port)));
        Host.Api.Set(Objects.SliceOf("web", 8080, "TCP", Local(One.Address)));
        await StatusAsync(port, "200");
        Host.Api.Set(Objects.SliceOf("web", 8080, "TCP", Objects.Endpoint(One.Address, ready: false, terminating: true, node: "node")));
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
        Host.Api.Set(Objects.Service("web", ClusterIP, change: s => s.Spec.TrafficDistribution = "PreferSameNode"));
        Host.Api.Set(Objects.SliceOf("web", 8080, "TCP", Hinted(One.Address, "node"), Hinted(Two.Address, "elsewhere")));
        await AnswersAsync(Client.Pod, ClusterIP, 80, $"one {Client.Address}");
        for (int i = 0; i < 12; i++) Assert.StartsWith("one", await TestNode.ConnectAsync(Client.Pod, ClusterIP, 80));
    }

    [Fact]
    public async Task Sctp_OnTheKernelOfThisHost_HasItsRules()
    {
        Host.Api.Set(Objects.Service("signal", "10.96.0.33", 2905, "SCTP"));
        Host.Api.Set(Objects.SliceOf("signal", 2905, "SCTP", Local(One.Address), Local(Two.Address)));
        await TestNode.UntilAsync(() => Task.FromResult(
            Map("services").Contains("10.96.0.33 . sctp . 2905", StringComparison.Ordinal)
            && Map("endpoints-sctp").Contains($"{Two.Address} . 2905", StringComparison.Ordinal)));
        Assert.Contains("numgen random mod 2", Host.Node.Exec("nft", "list", "chain", "ip", "sampan-proxy", "cluster-sctp-2"));
    }

    [Fact]
    public async Task Sctp_WhereTheKernelSpeaksIt_ReachesTheEndpoint()
    {
        Assert.SkipWhen(!SctpServer.IsSpoken(), "the kernel of this host does not speak SCTP (modprobe sctp)");
        using var server = new SctpServer(One.Pod, 2905);
        Host.Api.Set(Objects.Service("signal", "10.96.0.33", 2905, "SCTP"));
        Host.Api.Set(Objects.SliceOf("signal", 2905, "SCTP", Local(One.Address)));
        await TestNode.UntilAsync(async () => await SctpServer.AskAsync(Client.Pod, "10.96.0.33", 2905) == "sctp");
    }

    [Fact]
    public async Task Udp_ServiceDeleted_ItsFlowsAreForgotten()
    {
        Host.Api.Set(Objects.Service("dns", "10.96.0.53", 53, "UDP"));
        Host.Api.Set(Objects.SliceOf("dns", 8080, "UDP", Local(One.Address)));
        using var socket = TestNode.Udp(Client.Pod, "10.96.0.53", 53);
        await TestNode.UntilAsync(async () => (await TestNode.AskAsync(socket)).StartsWith("one", StringComparison.Ordinal));
        Host.Api.Remove<Service>("default", "dns");
        await TestNode.UntilAsync(async () => await Record.ExceptionAsync(() => TestNode.AskAsync(socket)) is not null);
    }

    [Fact]
    public async Task TenThousandServices_OneMoreAndItsChange_AreFollowed()
    {
        for (int i = 0; i < 10_000; i++)
        {
            string name = $"many-{i}";
            Host.Api.Set(Objects.SliceOf(name, 8080, "TCP", Objects.Endpoint($"10.245.{i / 250}.{(i % 250) + 1}"), Objects.Endpoint($"10.246.{i / 250}.{(i % 250) + 1}")));
            Host.Api.Set(Objects.Service(name, $"10.97.{i / 250}.{(i % 250) + 1}"));
        }

        Host.Api.Set(Objects.SliceOf("web", 8080, "TCP", Local(One.Address)));
        Host.Api.Set(Objects.Service("web", ClusterIP));
        await AnswersAsync(Client.Pod, ClusterIP, 80, $"one {Client.Address}");
        await TestNode.UntilAsync(() => Task.FromResult(Map("services").Contains("10.97.39.250 . tcp . 80", StringComparison.Ordinal)));
        Host.Api.Set(Objects.SliceOf("web", 8080, "TCP", Local(Two.Address)));
        await AnswersAsync(Client.Pod, ClusterIP, 80, $"two {Client.Address}");
    }

    [Fact]
    public async Task OtherTables_OfTheHost_AreLeftAlone()
    {
        Host.Node.Exec("nft", "add table inet theirs; add chain inet theirs input { type filter hook input priority 0; policy accept; }; add rule inet theirs input counter");
        Host.Api.Set(Objects.SliceOf("web", 8080, "TCP", Local(One.Address)));
        Host.Api.Set(Objects.Service("web", ClusterIP));
        await AnswersAsync(Client.Pod, ClusterIP, 80, $"one {Client.Address}");
        await Host.StopProxyAsync();
        Assert.Contains("counter", Host.Node.Exec("nft", "list", "table", "inet", "theirs"));
    }

    private static Task StatusAsync(int port, string code) => TestNode.UntilAsync(async () =>
        (await Shell.TryAsync("curl", ["-s", "-m", "5", "-o", "/dev/null", "-w", "%{http_code}", $"http://127.0.0.1:{port}/"])).Output == code);

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Map(string name) => Host.Node.Exec("nft", "list", "map", "ip", "sampan-proxy", name);
}
