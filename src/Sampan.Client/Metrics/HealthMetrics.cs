namespace Sampan.Client.Metrics;

/// <summary>The results of health checks, served at /metrics/slis.</summary>
public sealed class HealthMetrics
{
    private readonly MetricRegistry _registry = new();
    private readonly Gauge _last;
    private readonly Counter _total;

    public HealthMetrics()
    {
        _last = _registry.Gauge("kubernetes_healthcheck", "The result of the last check: 1 is healthy.", "name", "type");
        _total = _registry.Counter("kubernetes_healthchecks_total", "Checks by result.", "name", "status", "type");
    }

    public void Checked(string name, string type, bool isHealthy)
    {
        _last.With(name, type).Set(isHealthy ? 1 : 0);
        _total.With(name, isHealthy ? "success" : "error", type).Increment();
    }

    public string Render() => _registry.Render();
}
