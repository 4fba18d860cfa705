using System.Collections.Concurrent;
using System.Text;

namespace Sampan.Client.Metrics;

/// <summary>Counts up.</summary>
public sealed class Counter(string name, string help, string[] labels) : MetricFamily(name, help, "counter", labels)
{
    private readonly ConcurrentDictionary<string, CounterValue> _series = new();

    public CounterValue With(params string[] values) => _series.GetOrAdd(LabelText(values), _ => new CounterValue());

    public void Remove(params string[] values) => _series.TryRemove(LabelText(values), out _);

    protected override void WriteSeries(StringBuilder output)
    {
        foreach (var (labels, value) in _series) Line(output, Name, labels, value.Value);
    }
}
