using System.Net;
using System.Net.Sockets;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Metrics;
using Sampan.Network.Dns;
using Sampan.Network.Dns.Forwarding;
using Sampan.Network.Dns.Message;
using Sampan.Network.Dns.Search;
using Sampan.Network.Dns.Server;
using Sampan.Network.Dns.Zone;

namespace Sampan.Benchmarks.Dns;

/// <summary>Queries to a zone of 10,000 Services: in memory, and over UDP on the loopback. Budget in memory: no allocation.</summary>
public class DnsBenchmarks
{
    private const int Batch = 64;
    private readonly byte[] _key = new byte[QueryHandler.KeySize];
    private readonly byte[] _answer = new byte[4096];
    private readonly byte[] _service = Query("svc-5000.default.svc.cluster.local");
    private readonly byte[] _absent = Query("svc-5000.default.svc.cluster.local.default.svc.cluster.local");
    private readonly byte[] _cached = Query("example.com");
    private readonly CancellationTokenSource _stop = new();
    private QueryHandler _handler = null!;
    private UdpServer _server = null!;
    private Socket _client = null!;

    [GlobalSetup]
    public void Setup()
    {
        var options = new ZoneOptions();
        var table = new ZoneTable(options);
        table.SetNamespace("default", exists: true);
        for (int i = 0; i < 10_000; i++) table.SetService(new ObjectKey("default", $"svc-{i}"), new ServiceRecords(options).Build(Service(i), []));
        var metrics = new DnsMetrics(new MetricRegistry());
        var cache = new AnswerCache(TimeProvider.System, 1 << 20);
        var forwarder = new Forwarder(() => [], cache, metrics, TimeProvider.System, NullLogger.Instance);
        _handler = new QueryHandler(new ClusterZone(table, options) { IsReady = true }, forwarder, new SearchPaths(options, () => []), metrics);
        AddToCache(cache);
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
    public int ServiceName() => _handler.TryAnswer(_service, _key, _answer, udp: true);

    [Benchmark]
    public int AbsentName() => _handler.TryAnswer(_absent, _key, _answer, udp: true);

    [Benchmark]
    public int CachedName() => _handler.TryAnswer(_cached, _key, _answer, udp: true);

    [Benchmark(OperationsPerInvoke = Batch)]
    public void OverUdp()
    {
        for (int i = 0; i < Batch; i++) _client.Send(_service);
        for (int i = 0; i < Batch; i++) _client.Receive(_answer);
    }

    [Benchmark]
    public void OneOverUdp()
    {
        _client.Send(_service);
        _client.Receive(_answer);
    }

    private void AddToCache(AnswerCache cache)
    {
        if (!DnsQuery.TryRead(_cached, _key, out var query)) throw new InvalidOperationException("The query is malformed.");
        var response = new DnsResponse(_answer, _cached, query, 0);
        response.AddAnswers(DnsRecordWriter.Address(DnsRecordWriter.Question, IPAddress.Loopback, 3600), 1);
        var answer = UpstreamAnswer.TryRead(_answer.AsSpan(0, response.Finish(ResponseCode.NoError)))!;
        cache.Add(_key[..Forwarder.WriteKey(query, _key)], answer);
    }

    private static Service Service(int number) => new()
    {
        Metadata = new() { Namespace = "default", Name = $"svc-{number}" },
        Spec = new() { ClusterIP = $"10.96.{number / 250}.{(number % 250) + 1}", Ports = [new() { Name = "http", Port = 80 }] },
    };

    private static byte[] Query(string name)
    {
        byte[] wire = DnsName.Parse(name);
        return [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. wire, 0, 1, 0, 1];
    }
}
