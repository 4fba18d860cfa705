using System.Collections.Concurrent;
using System.Text;

namespace Sampan.Client.Metrics;

/// <summary>Goes up and down, or is asked for when metrics are read.</summary>
public sealed class Gauge(string name, string help, string[] labels) : MetricFamily(name, help, "gauge", labels)
{
    private readonly ConcurrentDictionary<string, GaugeValue> _series = new();

    public GaugeValue With(params string[] values) => _series.GetOrAdd(LabelText(values), _ => new GaugeValue());

    public void Remove(params string[] values) => _series.TryRemove(LabelText(values), out _);

    protected override void WriteSeries(StringBuilder output)
    {
        foreach (var (labels, value) in _series) Line(output, Name, labels, value.Value);
    }
}
