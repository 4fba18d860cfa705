using System.Collections.Concurrent;
using System.Text;

namespace Sampan.Client.Metrics;

/// <summary>A metric whose series are found by the values of their labels; to find one that is there allocates nothing.</summary>
public abstract class SeriesFamily<TValue>(string name, string help, string type, string[] labels, Func<TValue> create) : MetricFamily(name, help, type, labels)
    where TValue : class
{
    private readonly ConcurrentDictionary<string[], (string Labels, TValue Value)> _series = new(LabelValues.Comparer);

    public TValue With(params ReadOnlySpan<string> values) =>
        _series.GetAlternateLookup<ReadOnlySpan<string>>().TryGetValue(values, out var known) ? known.Value : Add(values.ToArray());

    public void Remove(params ReadOnlySpan<string> values) => _series.GetAlternateLookup<ReadOnlySpan<string>>().TryRemove(values, out _);

    protected override void WriteSeries(StringBuilder output)
    {
        foreach (var (labels, value) in _series.Values) WriteSeries(output, labels, value);
    }

    protected abstract void WriteSeries(StringBuilder output, string labels, TValue value);

    private TValue Add(string[] values)
    {
        var text = LabelText(values);
        return _series.GetOrAdd(values, _ => (text, create())).Value;
    }
}
