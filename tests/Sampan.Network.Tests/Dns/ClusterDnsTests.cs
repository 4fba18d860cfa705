using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Client.Informers;
using Sampan.Network.Dns;
using Sampan.Network.Dns.Message;
using Sampan.Testing.Fakes;

namespace Sampan.Network.Tests.Dns;

/// <summary>The DNS server as a whole, over sockets on the loopback address.</summary>
public sealed class ClusterDnsTests : IAsyncLifetime
{
    private readonly FakeApi _api = new();
    private readonly InformerFactory _informers;
    private readonly ClusterDns _dns;

    public ClusterDnsTests()
    {
        _informers = new InformerFactory(_api.Client, TimeProvider.System);
        _dns = new ClusterDns(new ClusterDnsOptions
        {
            NodeName = "a",
            Informers = _informers,
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            ClusterIP = IPAddress.Parse("10.96.0.10"),
            Upstreams = [new IPEndPoint(IPAddress.Loopback, 1)],
        });
    }

    public async ValueTask InitializeAsync()
    {
        _api.Set(new Namespace { Metadata = new() { Name = "default" } });
        _api.Set(Objects.Service("web", "10.96.0.9"));
        await _dns.StartAsync(default);
        await _informers.StartAsync(default);
        await _dns.ReadyAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        await _dns.StopAsync(default);
        await _informers.DisposeAsync();
        Assert.Null(_api.Find<EndpointSlice>("kube-system", "kube-dns-a"));
    }

    [Fact]
    public void Start_Published_LeadsToThisServer()
    {
        var service = _api.Find<Service>("kube-system", "kube-dns");
        Assert.Equal("10.96.0.10", service!.Spec!.ClusterIP);
        var slice = _api.Find<EndpointSlice>("kube-system", "kube-dns-a");
        Assert.Equal("127.0.0.1", Assert.Single(slice!.Endpoints!).Addresses[0]);
        Assert.All(slice.Ports!, p => Assert.Equal(_dns.LocalAddress.Port, p.Port));
        Assert.Null(_dns.Problem);
    }

    [Fact]
    public async Task Start_NodeIsKnown_TheSliceGoesWithIt()
    {
        _api.Set(new Node { Metadata = new() { Name = "a", Uid = "node-uid" } });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (_api.Find<EndpointSlice>("kube-system", "kube-dns-a")?.Metadata.OwnerReferences is not [{ Kind: "Node", Name: "a", Uid: "node-uid" }])
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
    }

    [Fact]
    public async Task Ask_ByAPodAlongItsSearchPath_IsAnsweredAtOnce()
    {
        _api.Set(new Pod
        {
            Metadata = new() { Namespace = "shop", Name = "p" },
            Spec = new() { NodeName = "a", DnsPolicy = "ClusterFirst", Containers = [new() { Name = "c" }] },
            Status = new() { Phase = "Running", PodIP = "127.0.0.1", PodIPs = [new() { Ip = "127.0.0.1" }] },
        });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await AskAsync("web.default.shop.svc.cluster.local")).SequenceEqual(["NoError", "Cname web.default.svc.cluster.local", "A 10.96.0.9"]))
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
    }

    [Fact]
    public async Task Ask_OverUdp_FollowsTheCluster()
    {
        Assert.Equal(["NoError", "A 10.96.0.9"], await AskAsync("web.default.svc.cluster.local"));
        _api.Set(Objects.Service("new", "10.96.0.77"));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await AskAsync("new.default.svc.cluster.local"))[0] != "NoError")
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
    }

    [Fact]
    public async Task Ask_StubDomainOfTheConfigMap_IsForwardedThere()
    {
        var answer = DnsRecordWriter.Address(DnsRecordWriter.Question, IPAddress.Parse("192.0.2.77"), 60);
        await using var corporate = new FakeUpstream(_ => answer);
        _api.Set(new ConfigMap
        {
            Metadata = new() { Namespace = "kube-system", Name = "kube-dns" },
            Data = new() { ["stubDomains"] = $$"""{"corp.example": ["{{corporate.Address}}"]}""" },
        });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await AskAsync("db.corp.example"))[0] != "NoError")
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
    }

    [Fact]
    public async Task Ask_OverTcp_AnswersSeveralOnOneConnection()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_dns.LocalAddress);
        var stream = client.GetStream();
        foreach (string name in new[] { "web.default.svc.cluster.local", "none.default.svc.cluster.local" })
        {
            byte[] query = DnsClient.Query(name, RecordType.A);
            await stream.WriteAsync((byte[])[0, (byte)query.Length, .. query]);
            byte[] head = new byte[2];
            await stream.ReadExactlyAsync(head);
            byte[] answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
            await stream.ReadExactlyAsync(answer);
            Assert.Equal(name.StartsWith("web") ? "NoError" : "NameError", DnsClient.Read(answer)[0]);
        }
    }

    /// <summary>Several queries before the first answer, cut into pieces as the network likes: answered one after the other.</summary>
    [Fact]
    public async Task Ask_OverTcpAllAtOnceInPieces_AnswersEachInTurn()
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(_dns.LocalAddress);
        var stream = client.GetStream();
        byte[] all = [.. Enumerable.Range(1, 20).SelectMany(id =>
        {
            byte[] query = DnsClient.Query("web.default.svc.cluster.local", RecordType.A, id: (ushort)id);
            return (byte[])[0, (byte)query.Length, .. query];
        })];
        for (int at = 0; at < all.Length; at += 13) await stream.WriteAsync(all.AsMemory(at, Math.Min(13, all.Length - at)));
        for (int id = 1; id <= 20; id++)
        {
            byte[] head = new byte[2];
            await stream.ReadExactlyAsync(head);
            byte[] answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
            await stream.ReadExactlyAsync(answer);
            Assert.Equal(id, BinaryPrimitives.ReadUInt16BigEndian(answer));
            Assert.Equal(["NoError", "A 10.96.0.9"], DnsClient.Read(answer));
        }
    }

    [Fact]
    public async Task Ask_AfterGarbage_StillAnswers()
    {
        using var client = new UdpClient();
        client.Connect(_dns.LocalAddress);
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            byte[] garbage = new byte[random.Next(1, 60)];
            random.NextBytes(garbage);
            await client.SendAsync(garbage);
        }

        Assert.Equal(["NoError", "A 10.96.0.9"], await AskAsync("web.default.svc.cluster.local"));
    }

    /// <summary>A loop of the server that waits for ever after one of many answers would leave its share of the queries unanswered.</summary>
    [Fact]
    public void Ask_AHundredThousandTimes_EveryQueryIsAnswered()
    {
        const int Window = 50;
        byte[] query = DnsClient.Query("web.default.svc.cluster.local", RecordType.A), answer = new byte[512];
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 60_000 };
        client.Connect(_dns.LocalAddress);
        for (int batch = 0; batch < 100_000 / Window; batch++)
        {
            for (int i = 0; i < Window; i++) client.Send(query);
            for (int i = 0; i < Window; i++) Assert.True(client.Receive(answer) > query.Length);
        }
    }

    [Fact]
    public async Task Ask_DuringAFlood_StillAnswers()
    {
        using var flood = new UdpClient();
        flood.Connect(_dns.LocalAddress);
        byte[] query = DnsClient.Query("none.default.svc.cluster.local", RecordType.A);
        for (int i = 0; i < 20_000; i++) await flood.SendAsync(query);
        Assert.Equal(["NoError", "A 10.96.0.9"], await AskAsync("web.default.svc.cluster.local"));
    }

    [Fact]
    public async Task Ask_WhileOthersHoldEveryConnection_StillAnswersOverUdpAndThenOverTcp()
    {
        var idle = new List<TcpClient>();
        for (int i = 0; i < 300; i++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(_dns.LocalAddress);
            idle.Add(client);
        }

        Assert.Equal(["NoError", "A 10.96.0.9"], await AskAsync("web.default.svc.cluster.local"));
        idle.ForEach(client => client.Dispose());
        await Ask_OverTcp_AnswersSeveralOnOneConnection();
    }

    private async Task<List<string>> AskAsync(string name)
    {
        using var client = new UdpClient();
        client.Connect(_dns.LocalAddress);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var received = client.ReceiveAsync(limit.Token).AsTask();
        do
        {
            // A datagram may be lost; a resolver asks again.
            await client.SendAsync(DnsClient.Query(name, RecordType.A), limit.Token);
        }
        while (await Task.WhenAny(received, Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, limit.Token)) != received);
        return DnsClient.Read((await received).Buffer);
    }
}
