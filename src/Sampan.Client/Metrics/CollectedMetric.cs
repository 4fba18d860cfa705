using System.Text;

namespace Sampan.Client.Metrics;

/// <summary>Series that are asked for when metrics are read.</summary>
internal sealed class CollectedMetric(string name, string help, string type, string[] labels, Func<IEnumerable<(string[] Values, double Value)>> read)
    : MetricFamily(name, help, type, labels)
{
    protected override void WriteSeries(StringBuilder output)
    {
        foreach (var (values, value) in read()) Line(output, Name, LabelText(values), value);
    }
}
