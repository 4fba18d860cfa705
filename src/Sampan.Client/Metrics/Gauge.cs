using System.Text;

namespace Sampan.Client.Metrics;

/// <summary>Goes up and down, or is asked for when metrics are read.</summary>
public sealed class Gauge(string name, string help, string[] labels)
    : SeriesFamily<GaugeValue>(name, help, "gauge", labels, () => new GaugeValue())
{
    protected override void WriteSeries(StringBuilder output, string labels, GaugeValue value) => Line(output, Name, labels, value.Value);
}
