using System.Net;
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

/// <summary>A zone of 10,000 Services and one name of upstream's in the cache, and the questions that pods ask most.</summary>
internal static class DnsWorld
{
    public static byte[] Service { get; } = Query("svc-5000.default.svc.cluster.local");

    /// <summary>What the search path of a pod asks in vain.</summary>
    public static byte[] Absent { get; } = Query("svc-5000.default.svc.cluster.local.default.svc.cluster.local");

    public static byte[] Cached { get; } = Query("example.com");

    public static QueryHandler Handler()
    {
        var options = new ZoneOptions();
        var table = new ZoneTable(options);
        table.SetNamespace("default", exists: true);
        for (int i = 0; i < 10_000; i++) table.SetService(new ObjectKey("default", $"svc-{i}"), new ServiceRecords(options).Build(ServiceOf(i), []));
        var metrics = new DnsMetrics(new MetricRegistry());
        var cache = new AnswerCache(TimeProvider.System, 1 << 20);
        AddToCache(cache);
        var forwarder = new Forwarder(() => [], cache, metrics, TimeProvider.System, NullLogger.Instance);
        return new QueryHandler(new ClusterZone(table, options) { IsReady = true }, forwarder, new SearchPaths(options, () => []), metrics);
    }

    private static void AddToCache(AnswerCache cache)
    {
        byte[] key = new byte[QueryHandler.KeySize], answer = new byte[512];
        if (!DnsQuery.TryRead(Cached, key, out var query)) throw new InvalidOperationException("The query is malformed.");
        var response = new DnsResponse(answer, Cached, query, 0);
        response.AddAnswers(DnsRecordWriter.Address(DnsRecordWriter.Question, IPAddress.Loopback, 3600), 1);
        var known = UpstreamAnswer.TryRead(answer.AsSpan(0, response.Finish(ResponseCode.NoError)))!;
        cache.Add(key[..Forwarder.WriteKey(query, key)], known);
    }

    private static Service ServiceOf(int number) => new()
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
