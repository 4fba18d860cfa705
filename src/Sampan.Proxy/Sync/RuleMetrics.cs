using Sampan.Client.Metrics;

namespace Sampan.Proxy.Sync;

/// <summary>What a <see cref="RuleLoop"/> measures of itself.</summary>
internal sealed record RuleMetrics(HistogramValue Duration, CounterValue Failures, GaugeValue LastSync);
