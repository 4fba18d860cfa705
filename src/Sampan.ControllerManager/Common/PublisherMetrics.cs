using System.Globalization;
using Sampan.Client.Metrics;

namespace Sampan.ControllerManager.Common;

/// <summary>How publishing went, by the code of the API server's answer.</summary>
/// <param name="registry">Where the process counts.</param>
/// <param name="prefix">Upstream's name of the publisher: root_ca_cert_publisher.</param>
/// <param name="time">By whose clock it is measured.</param>
internal sealed class PublisherMetrics(MetricRegistry registry, string prefix, TimeProvider time)
{
    private readonly Counter _syncs = registry.Counter($"{prefix}_sync_total", "Number of syncs that happened.", "code");

    private readonly Histogram _durations = registry.Histogram(
        $"{prefix}_sync_duration_seconds", "Time spent on one sync.", Buckets.From(0.001, 2, 15), "code");

    public void Synced(long began, int code)
    {
        var label = code.ToString(CultureInfo.InvariantCulture);
        _syncs.With(label).Increment();
        _durations.With(label).Observe(time.GetElapsedTime(began).TotalSeconds);
    }
}
