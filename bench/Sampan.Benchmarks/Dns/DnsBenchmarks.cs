using BenchmarkDotNet.Attributes;
using Sampan.Network.Dns.Server;

namespace Sampan.Benchmarks.Dns;

/// <summary>Queries to a zone of 10,000 Services, in memory. Budget: no allocation. <see cref="DnsRun"/> asks over UDP.</summary>
public class DnsBenchmarks
{
    private readonly byte[] _key = new byte[QueryHandler.KeySize];
    private readonly byte[] _answer = new byte[4096];
    private readonly QueryHandler _handler = DnsWorld.Handler();

    [Benchmark]
    public int ServiceName() => _handler.TryAnswer(DnsWorld.Service, _key, _answer, udp: true);

    [Benchmark]
    public int AbsentName() => _handler.TryAnswer(DnsWorld.Absent, _key, _answer, udp: true);

    [Benchmark]
    public int CachedName() => _handler.TryAnswer(DnsWorld.Cached, _key, _answer, udp: true);
}
