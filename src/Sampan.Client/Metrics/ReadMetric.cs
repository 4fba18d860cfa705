using System.Text;

namespace Sampan.Client.Metrics;

/// <summary>A number without labels that is asked for when metrics are read.</summary>
internal sealed class ReadMetric(string name, string help, string type, Func<double> read) : MetricFamily(name, help, type, [])
{
    protected override void WriteSeries(StringBuilder output) => Line(output, Name, "", read());
}
