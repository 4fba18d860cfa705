using Sampan.Client.Metrics;

namespace Sampan.Network.Dns;

/// <summary>What the DNS server counts.</summary>
internal sealed class DnsMetrics(MetricRegistry registry)
{
    private static readonly string[] Codes = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"];

    private readonly CounterValue[] _answers =
        [.. Codes.Select(c => registry.Counter("sampan_dns_responses_total", "Answers by code.", "rcode").With(c))];

    public CounterValue Udp { get; } =
        registry.Counter("sampan_dns_requests_total", "Queries by transport.", "proto").With("udp");

    public CounterValue Tcp { get; } =
        registry.Counter("sampan_dns_requests_total", "Queries by transport.", "proto").With("tcp");

    public CounterValue CacheHits { get; } =
        registry.Counter("sampan_dns_cache_hits_total", "Answers of upstream taken from the cache.").With();

    public CounterValue Forwarded { get; } =
        registry.Counter("sampan_dns_forward_requests_total", "Questions to upstream servers.").With();

    public CounterValue ForwardFailures { get; } =
        registry.Counter("sampan_dns_forward_failures_total", "Questions that an upstream server did not answer.").With();

    /// <summary>Counts a finished message by the code in it.</summary>
    public void Answered(ReadOnlySpan<byte> message)
    {
        int code = message[3] & Message.DnsHeader.CodeMask;
        if (code < _answers.Length) _answers[code].Increment();
    }
}
