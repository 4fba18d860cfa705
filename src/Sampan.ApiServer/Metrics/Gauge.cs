using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sampan.ApiServer.Metrics;

/// <summary>Goes up and down, or is read when asked.</summary>
public sealed class Gauge(string name, string help, string[] labels) : Metric(name, help, "gauge", labels)
{
    private readonly ConcurrentDictionary<LabelValues, StrongBox<long>> _series = new();
    private readonly Func<double>? _read;

    public Gauge(string name, string help, Func<double> read)
        : this(name, help, []) => _read = read;

    public void Add(long amount, params string[] values) =>
        Interlocked.Add(ref _series.GetOrAdd(new LabelValues(values), static _ => new StrongBox<long>()).Value, amount);

    internal override void RenderSeries(StringBuilder text)
    {
        if (_read is not null)
        {
            text.Append(Name).Append(' ').Append(Number(_read())).Append('\n');
        }
        foreach (var (values, count) in _series)
        {
            text.Append(Series("", values)).Append(' ').Append(Volatile.Read(ref count.Value)).Append('\n');
        }
    }
}
