using System.Globalization;
using Sampan.Client.Metrics;

namespace Sampan.Client.Http;

/// <summary>Counts a client's requests under upstream's names.</summary>
internal sealed class RequestMetrics(MetricRegistry registry, string host)
{
    private static readonly double[] Seconds = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60];
    private static readonly double[] Bytes = [64, 256, 512, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216];
    private readonly Counter _requests = registry.Counter("rest_client_requests_total", "Requests by answer, method and host", "code", "method", "host");
    private readonly Histogram _durations = registry.Histogram("rest_client_request_duration_seconds", "How long requests take, by verb and host", Seconds, "verb", "host");
    private readonly Histogram _sent = registry.Histogram("rest_client_request_size_bytes", "Request size in bytes. Broken down by verb and host.", Bytes, "verb", "host");
    private readonly Histogram _received = registry.Histogram("rest_client_response_size_bytes", "Response size in bytes. Broken down by verb and host.", Bytes, "verb", "host");
    private readonly Counter _retries = registry.Counter("rest_client_request_retries_total", "Number of request retries, partitioned by status code, verb, and host.", "code", "verb", "host");

    /// <param name="code">Null when no answer came.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="duration">Until the answer's headers.</param>
    public void Done(int? code, string method, TimeSpan duration)
    {
        _requests.With(Text(code), method, host).Increment();
        _durations.With(method, host).Observe(duration.TotalSeconds);
    }

    public void Sent(string method, long bytes) => _sent.With(method, host).Observe(bytes);

    /// <summary>An answer came whole.</summary>
    public void Received(string method, long bytes) => _received.With(method, host).Observe(bytes);

    /// <param name="code">What the server said, that it is worth another try; null when it said nothing.</param>
    /// <param name="method">The HTTP method.</param>
    public void Retried(int? code, string method) => _retries.With(Text(code), method, host).Increment();

    private static string Text(int? code) => code?.ToString(CultureInfo.InvariantCulture) ?? "<error>";
}
