using System.Diagnostics;
using Sampan.Client.Metrics;
using Sampan.Network.Dns.Forwarding;
using Sampan.Network.Dns.Message;

namespace Sampan.Network.Dns;

/// <summary>What the DNS server counts, under the names and labels of CoreDNS, so that its dashboards show this server too.</summary>
internal sealed class DnsMetrics
{
    private const string Server = "dns://:53", Zone = ".", View = "";
    private static readonly string[] Codes = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"];
    private static readonly string[] Plugins = ["kubernetes", "cache", "forward"];
    private static readonly RecordType[] Types = [RecordType.A, RecordType.Aaaa, RecordType.Cname, RecordType.Ns, RecordType.Ptr, RecordType.Soa, RecordType.Srv, RecordType.Txt, RecordType.Any];
    private static readonly double[] Seconds = [.. Enumerable.Range(0, 16).Select(i => 0.00025 * Math.Pow(2, i))];
    private static readonly double[] Sizes = [0, 100, 200, 300, 400, 511, 1023, 2047, 4095, 8291, 16e3, 32e3, 48e3, 64e3];

    private readonly CounterValue[] _requests;
    private readonly CounterValue[] _responses;
    private readonly HistogramValue[] _requestSizes, _responseSizes;
    private readonly HistogramValue _duration;
    private readonly Histogram _forwarded;

    public DnsMetrics(MetricRegistry registry)
    {
        var requests = registry.Counter("coredns_dns_requests_total", "Queries.", "server", "zone", "view", "proto", "family", "type");
        string[] types = [.. Types.Select(t => t.ToString().ToUpperInvariant()), "other"];
        _requests = [.. from proto in Protocols from family in Families from type in types select requests.With(Server, Zone, View, proto, family, type)];
        var responses = registry.Counter("coredns_dns_responses_total", "Answers by code, and by what gave them.", "server", "zone", "view", "rcode", "plugin");
        _responses = [.. from plugin in Plugins from code in Codes select responses.With(Server, Zone, View, code, plugin)];
        _duration = registry.Histogram("coredns_dns_request_duration_seconds", "From a query to its answer.", Seconds, "server", "zone", "view").With(Server, Zone, View);
        _requestSizes = ByProtocol(registry.Histogram("coredns_dns_request_size_bytes", "Sizes of queries.", Sizes, "server", "zone", "view", "proto"));
        _responseSizes = ByProtocol(registry.Histogram("coredns_dns_response_size_bytes", "Sizes of answers.", Sizes, "server", "zone", "view", "proto"));
        CacheHits = registry.Counter("coredns_cache_hits_total", "Answers of upstream taken from the cache.", "server", "type", "zones", "view").With(Server, "success", Zone, View);
        CacheMisses = registry.Counter("coredns_cache_misses_total", "Questions to which the cache had no answer.", "server", "zones", "view").With(Server, Zone, View);
        Rejected = registry.Counter("coredns_forward_max_concurrent_rejects_total", "Questions not forwarded because too many were under way.").With();
        _forwarded = registry.Histogram("coredns_proxy_request_duration_seconds", "Time that servers upstream took.", Seconds, "proxy_name", "to", "rcode");
    }

    public CounterValue CacheHits { get; }

    public CounterValue CacheMisses { get; }

    public CounterValue Rejected { get; }

    private static string[] Protocols { get; } = ["udp", "tcp"];

    /// <summary>The numbers of IPv4 and IPv6 among address families, as CoreDNS writes them.</summary>
    private static string[] Families { get; } = ["1", "2"];

    public static void Observe(MetricRegistry registry, AnswerCache cache) =>
        registry.Gauge("coredns_cache_entries", "Answers from upstream in the cache.", "server", "type", "zones", "view").With(Server, "success", Zone, View).Observe(() => cache.Count);

    /// <summary>Counts a query that has been answered: when it came, and the finished message.</summary>
    public void Answered(long since, in DnsQuery query, int size, ReadOnlySpan<byte> message, bool udp, bool v6, AnswerSource source)
    {
        int type = Array.IndexOf(Types, query.Type);
        if (type < 0) type = Types.Length;
        int protocol = udp ? 0 : 1;
        _requests[(((protocol * 2) + (v6 ? 1 : 0)) * (Types.Length + 1)) + type].Increment();
        int code = message[3] & DnsHeader.CodeMask;
        if (code < Codes.Length) _responses[((int)source * Codes.Length) + code].Increment();
        _requestSizes[protocol].Observe(size);
        _responseSizes[protocol].Observe(message.Length);
        _duration.Observe(Stopwatch.GetElapsedTime(since).TotalSeconds);
    }

    /// <summary>Counts a question to a server upstream; null for no answer.</summary>
    public void Forwarded(long since, string server, ResponseCode? code) =>
        _forwarded.With("forward", server, code is { } known && (int)known < Codes.Length ? Codes[(int)known] : "SERVFAIL").Observe(Stopwatch.GetElapsedTime(since).TotalSeconds);

    private static HistogramValue[] ByProtocol(Histogram histogram) => [.. Protocols.Select(p => histogram.With(Server, Zone, View, p))];
}
