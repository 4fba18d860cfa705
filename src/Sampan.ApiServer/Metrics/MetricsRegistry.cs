using System.Text;

namespace Sampan.ApiServer.Metrics;

/// <summary>The process's metrics in Prometheus' text format.</summary>
public sealed class MetricsRegistry
{
    private readonly List<Metric> _metrics = [];
    private readonly Lock _lock = new();

    public Counter Counter(string name, string help, params string[] labels) => Add(new Counter(name, help, labels));

    public Gauge Gauge(string name, string help, params string[] labels) => Add(new Gauge(name, help, labels));

    /// <summary>A gauge that is read when it is asked for.</summary>
    public void Gauge(string name, string help, Func<double> read) => Add(new Gauge(name, help, read));

    public Histogram Histogram(string name, string help, double[] bounds, params string[] labels) =>
        Add(new Histogram(name, help, bounds, labels));

    public string Render()
    {
        var text = new StringBuilder();
        lock (_lock)
        {
            foreach (var metric in _metrics)
            {
                metric.Render(text);
            }
        }
        return text.ToString();
    }

    private T Add<T>(T metric)
        where T : Metric
    {
        lock (_lock)
        {
            _metrics.Add(metric);
        }
        return metric;
    }
}
