using System.Net;
using System.Net.Sockets;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Network.Dns.Server;

namespace Sampan.Benchmarks.Dns;

/// <summary>Queries to a zone of 10,000 Services: in memory, and over UDP on the loopback. Budget in memory: no allocation.</summary>
public class DnsBenchmarks
{
    private const int Batch = 64;
    private readonly byte[] _key = new byte[QueryHandler.KeySize];
    private readonly byte[] _answer = new byte[4096];
    private readonly CancellationTokenSource _stop = new();
    private QueryHandler _handler = null!;
    private UdpServer _server = null!;
    private Socket _client = null!;

    [GlobalSetup]
    public void Setup()
    {
        _handler = DnsWorld.Handler();
        _server = new UdpServer(new IPEndPoint(IPAddress.Loopback, 0), _handler, NullLogger.Instance);
        _server.Bind();
        _ = _server.RunAsync(_stop.Token);
        _client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        _client.Connect(_server.LocalAddress);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _stop.Cancel();
        _server.Dispose();
        _client.Dispose();
    }

    [Benchmark]
    public int ServiceName() => _handler.TryAnswer(DnsWorld.Service, _key, _answer, udp: true);

    [Benchmark]
    public int AbsentName() => _handler.TryAnswer(DnsWorld.Absent, _key, _answer, udp: true);

    [Benchmark]
    public int CachedName() => _handler.TryAnswer(DnsWorld.Cached, _key, _answer, udp: true);

    [Benchmark(OperationsPerInvoke = Batch)]
    public void OverUdp()
    {
        for (int i = 0; i < Batch; i++) _client.Send(DnsWorld.Service);
        for (int i = 0; i < Batch; i++) _client.Receive(_answer);
    }

    [Benchmark]
    public void OneOverUdp()
    {
        _client.Send(DnsWorld.Service);
        _client.Receive(_answer);
    }
}
