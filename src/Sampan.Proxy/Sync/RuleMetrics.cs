using Sampan.Client.Metrics;

namespace Sampan.Proxy.Sync;

/// <summary>What a <see cref="RuleLoop"/> measures of itself; in each of the series given.</summary>
internal sealed record RuleMetrics(IReadOnlyList<HistogramValue> Duration, IReadOnlyList<CounterValue> Failures, IReadOnlyList<GaugeValue> LastSync)
{
    public void Written(TimeSpan duration)
    {
        foreach (var series in Duration) series.Observe(duration.TotalSeconds);
    }

    public void Failed()
    {
        foreach (var series in Failures) series.Increment();
    }

    public void SeenRight(DateTimeOffset now)
    {
        foreach (var series in LastSync) series.Set(now.ToUnixTimeMilliseconds() / 1000.0);
    }
}
