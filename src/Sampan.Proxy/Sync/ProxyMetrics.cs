using Sampan.Client.Metrics;

namespace Sampan.Proxy.Sync;

/// <summary>The proxy's metrics, under upstream's names where it has them.</summary>
internal sealed class ProxyMetrics(MetricRegistry registry)
{
    internal static readonly double[] Seconds = [0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1, 2, 4, 8, 16];

    public RuleMetrics Rules { get; } = new(
        registry.Histogram("kubeproxy_sync_proxy_rules_duration_seconds", "Time to compile and write a change of rules.", Seconds).With(),
        registry.Counter("kubeproxy_sync_proxy_rules_nftables_sync_failures_total", "Changes that nftables refused.").With(),
        registry.Gauge("kubeproxy_sync_proxy_rules_last_timestamp_seconds", "When the rules were last seen to be right.").With());

    public CounterValue FullSyncs { get; } = registry.Counter(
        "kubeproxy_sync_full_proxy_rules_total", "Times that all rules were written anew.").With();
}
