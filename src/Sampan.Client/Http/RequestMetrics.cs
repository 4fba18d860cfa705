using System.Globalization;
using Sampan.Client.Metrics;

namespace Sampan.Client.Http;

/// <summary>Counts a client's requests under upstream's names.</summary>
internal sealed class RequestMetrics(MetricRegistry registry, string host)
{
    private static readonly double[] Seconds = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60];
    private readonly Counter _requests = registry.Counter("rest_client_requests_total", "Requests by answer, method and host", "code", "method", "host");
    private readonly Histogram _durations = registry.Histogram("rest_client_request_duration_seconds", "How long requests take, by verb and host", Seconds, "verb", "host");

    /// <param name="code">Null when no answer came.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="duration">Until the answer's headers.</param>
    public void Done(int? code, string method, TimeSpan duration)
    {
        _requests.With(code?.ToString(CultureInfo.InvariantCulture) ?? "<error>", method, host).Increment();
        _durations.With(method, host).Observe(duration.TotalSeconds);
    }
}
