using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sampan.ApiServer.Metrics;

/// <summary>Counts up.</summary>
public sealed class Counter(string name, string help, string[] labels) : Metric(name, help, "counter", labels)
{
    private readonly ConcurrentDictionary<LabelValues, StrongBox<long>> _series = new();

    public void Add(long amount, params string[] values) =>
        Interlocked.Add(ref _series.GetOrAdd(new LabelValues(values), static _ => new StrongBox<long>()).Value, amount);

    public void Increment(params string[] values) => Add(1, values);

    internal override void RenderSeries(StringBuilder text)
    {
        foreach (var (values, count) in _series)
        {
            text.Append(Series("", values)).Append(' ').Append(Volatile.Read(ref count.Value)).Append('\n');
        }
    }
}
