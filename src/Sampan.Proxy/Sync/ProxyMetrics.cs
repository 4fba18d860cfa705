using Sampan.Client.Metrics;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Sync;

/// <summary>
/// The proxy's metrics, under upstream's names. Both IP families are written in one transaction, so what is measured of it stands
/// in the series of each.
/// </summary>
internal sealed class ProxyMetrics
{
    internal static readonly double[] Seconds = [.. Enumerable.Range(0, 15).Select(i => 0.001 * Math.Pow(2, i))];

    private static readonly double[] ProgrammingSeconds =
    [
        0.25, 0.5,
        .. Enumerable.Range(1, 59).Select(s => (double)s),
        .. Enumerable.Range(0, 12).Select(i => 60.0 + (5 * i)),
        .. Enumerable.Range(0, 7).Select(i => 120.0 + (30 * i)),
    ];

    private readonly MetricRegistry _registry;
    private readonly IReadOnlyList<string> _families;

    public ProxyMetrics(MetricRegistry registry, IEnumerable<IPFamily> families)
    {
        (_registry, _families) = (registry, [.. families.Select(f => f.SliceType())]);
        Rules = new RuleMetrics(
            Histograms("sync_proxy_rules_duration_seconds", "Time to compile and write a change of rules.", Seconds),
            Counters("sync_proxy_rules_nftables_sync_failures_total", "Changes that nftables refused."),
            Gauges("sync_proxy_rules_last_timestamp_seconds", "When the rules were last seen to be right."));
        Full = Histograms("sync_full_proxy_rules_duration_seconds", "Time to compile and write all rules anew.", Seconds);
        Partial = Histograms("sync_partial_proxy_rules_duration_seconds", "Time to compile and write what changed.", Seconds);
        Programming = Histograms("network_programming_duration_seconds", "From the change of a pod or Service to its rules.", ProgrammingSeconds);
        LastQueued = Gauges("sync_proxy_rules_last_queued_timestamp_seconds", "When a change was last seen.");

        // What is out of use goes with the transaction that writes the rest: nothing else could fail.
        Counters("sync_proxy_rules_nftables_cleanup_failures_total", "Failures to remove rules that are out of use.");
    }

    public RuleMetrics Rules { get; }

    public IReadOnlyList<HistogramValue> Full { get; }

    public IReadOnlyList<HistogramValue> Partial { get; }

    public IReadOnlyList<HistogramValue> Programming { get; }

    public IReadOnlyList<GaugeValue> LastQueued { get; }

    public CounterValue ServiceChanges => Counter("sync_proxy_rules_service_changes_total", "Changes of Services seen.").With();

    public CounterValue EndpointChanges => Counter("sync_proxy_rules_endpoint_changes_total", "Changes of EndpointSlices seen.").With();

    public GaugeValue PendingServices => Gauge("sync_proxy_rules_service_changes_pending", "Changes of Services not yet in the rules.").With();

    public GaugeValue PendingEndpoints => Gauge("sync_proxy_rules_endpoint_changes_pending", "Changes of EndpointSlices not yet in the rules.").With();

    public Gauge NoLocalEndpoints => Gauge(
        "sync_proxy_rules_no_local_endpoints_total", "Service ports with policy Local and no endpoint on this node.", "ip_family", "traffic_policy");

    public Counter Healthz => Counter("proxy_healthz_total", "Answers of /healthz.", "code");

    public Counter Livez => Counter("proxy_livez_total", "Answers of /livez.", "code");

    public CounterValue ForgottenFlows(IPFamily family) => Counter(
        "conntrack_reconciler_deleted_entries_total", "UDP flows forgotten because their endpoint is gone.", "ip_family").With(family.SliceType());

    public HistogramValue FlowSearch(IPFamily family) => _registry.Histogram(
        Name("conntrack_reconciler_sync_duration_seconds"), "Time to look through the UDP flows.", Seconds, "ip_family").With(family.SliceType());

    private static string Name(string name) => "kubeproxy_" + name;

    private Counter Counter(string name, string help, params string[] labels) => _registry.Counter(Name(name), help, labels);

    private Gauge Gauge(string name, string help, params string[] labels) => _registry.Gauge(Name(name), help, labels);

    private IReadOnlyList<CounterValue> Counters(string name, string help)
    {
        var counter = Counter(name, help, "ip_family");
        return [.. _families.Select(f => counter.With(f))];
    }

    private IReadOnlyList<GaugeValue> Gauges(string name, string help)
    {
        var gauge = Gauge(name, help, "ip_family");
        return [.. _families.Select(f => gauge.With(f))];
    }

    private IReadOnlyList<HistogramValue> Histograms(string name, string help, double[] buckets)
    {
        var histogram = _registry.Histogram(Name(name), help, buckets, "ip_family");
        return [.. _families.Select(f => histogram.With(f))];
    }
}
