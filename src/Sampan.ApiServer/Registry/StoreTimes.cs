using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Registry;

/// <summary>How long the store takes for one resource's writes, under the name that upstream has for etcd.</summary>
internal sealed class StoreTimes(MetricRegistry registry, TimeProvider time, string group, string resource)
{
    private static readonly double[] Seconds =
        [0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60];

    private readonly Histogram _histogram = registry.Histogram(
        "etcd_request_duration_seconds", "Time that the store takes to answer.", Seconds, "operation", "group", "resource");

    private readonly Counter _requests = registry.Counter("etcd_requests_total", "Requests to the store.", "operation", "group", "resource");

    public long Now => time.GetTimestamp();

    public void Created(long began) => Observe("create", began);

    public void Updated(long began) => Observe("update", began);

    public void Deleted(long began) => Observe("delete", began);

    private void Observe(string operation, long began)
    {
        _histogram.With(operation, group, resource).Observe(time.GetElapsedTime(began).TotalSeconds);
        _requests.With(operation, group, resource).Increment();
    }
}
