using System.Text;

namespace Sampan.Client.Metrics;

/// <summary>Counts up.</summary>
public sealed class Counter(string name, string help, string[] labels)
    : SeriesFamily<CounterValue>(name, help, "counter", labels, () => new CounterValue())
{
    protected override void WriteSeries(StringBuilder output, string labels, CounterValue value) => Line(output, Name, labels, value.Value);
}
