using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Authorization;

/// <summary>How requests were authorized and how long that took, under upstream's names.</summary>
internal sealed class AuthorizationMetrics(MetricRegistry registry, TimeProvider time)
{
    // Powers of two from a millisecond.
    private static readonly double[] Seconds = [.. Enumerable.Range(0, 15).Select(i => 0.001 * (1 << i))];

    private readonly Series _allowed = new(registry, "allowed");
    private readonly Series _denied = new(registry, "denied");
    private readonly Series _noOpinion = new(registry, "no-opinion");
    private readonly Series _error = new(registry, "error");

    public long Now => time.GetTimestamp();

    /// <summary>Null: the authorizer failed.</summary>
    public void Decided(DecisionKind? kind, long began)
    {
        var series = kind switch
        {
            DecisionKind.Allowed => _allowed,
            DecisionKind.Denied => _denied,
            DecisionKind.NoOpinion => _noOpinion,
            _ => _error,
        };
        series.Attempts.Increment();
        series.Duration.Observe(time.GetElapsedTime(began).TotalSeconds);
    }

    private sealed class Series(MetricRegistry registry, string result)
    {
        public CounterValue Attempts { get; } = registry.Counter(
            "authorization_attempts_total", "Attempts to authorize, by how they ended.", "result").With(result);

        public HistogramValue Duration { get; } = registry.Histogram(
            "authorization_duration_seconds", "How long requests took to authorize.", Seconds, "result").With(result);
    }
}
