using System.Collections.Concurrent;
using System.Text;

namespace Sampan.Client.Metrics;

/// <summary>The metrics of one component, written in Prometheus' text format. A name asked for twice is the same metric.</summary>
public sealed class MetricRegistry
{
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new();

    public IEnumerable<string> Names => _families.Keys;

    public Counter Counter(string name, string help, params string[] labels) =>
        (Counter)_families.GetOrAdd(name, _ => new Counter(name, help, labels));

    public Gauge Gauge(string name, string help, params string[] labels) =>
        (Gauge)_families.GetOrAdd(name, _ => new Gauge(name, help, labels));

    public Histogram Histogram(string name, string help, double[] buckets, params string[] labels) =>
        (Histogram)_families.GetOrAdd(name, _ => new Histogram(name, help, buckets, labels));

    /// <summary>A number without labels that is asked for when metrics are read.</summary>
    public void Read(string name, string help, string type, Func<double> read) => Collect(name, help, type, [], () => [([], read())]);

    /// <summary>Numbers by label that are asked for when metrics are read.</summary>
    public void Collect(string name, string help, string type, string[] labels, Func<IEnumerable<(string[] Values, double Value)>> read) =>
        _families[name] = new CollectedMetric(name, help, type, labels, read);

    /// <summary>All metrics in the text exposition format, version 0.0.4.</summary>
    public string Render()
    {
        var output = new StringBuilder();
        foreach (var family in _families.Values.OrderBy(f => f.Name, StringComparer.Ordinal)) family.Write(output);
        return output.ToString();
    }
}
