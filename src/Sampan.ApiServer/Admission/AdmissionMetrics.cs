using System.Collections.Concurrent;
using Sampan.Client.Metrics;

namespace Sampan.ApiServer.Admission;

/// <summary>How long admission takes, by plugin and as a whole, under upstream's names.</summary>
internal sealed class AdmissionMetrics(MetricRegistry registry, TimeProvider time)
{
    public const string Mutating = "admit";
    public const string Validating = "validate";

    private readonly Histogram _plugins = registry.Histogram(
        "apiserver_admission_controller_admission_duration_seconds", "Time in one admission plugin.",
        [0.005, 0.025, 0.1, 0.5, 1, 2.5], "name", "type", "operation", "rejected");

    private readonly Histogram _steps = registry.Histogram(
        "apiserver_admission_step_admission_duration_seconds", "Time in all admission plugins.",
        [0.005, 0.025, 0.1, 0.5, 1, 2.5], "type", "operation", "rejected");

    private readonly ConcurrentDictionary<(string Name, string Type, AdmissionOperation Operation, bool Rejected), HistogramValue> _series = new();

    public long Now => time.GetTimestamp();

    /// <summary>Counts the time since the plugin before.</summary>
    public void Plugin(string name, AdmissionOperation operation, string type, bool rejected, ref long before)
    {
        var now = Now;
        Of(name, operation, type, rejected).Observe(time.GetElapsedTime(before, now).TotalSeconds);
        before = now;
    }

    public void Step(AdmissionOperation operation, string type, bool rejected, long began) =>
        Of("", operation, type, rejected).Observe(time.GetElapsedTime(began).TotalSeconds);

    private HistogramValue Of(string name, AdmissionOperation operation, string type, bool rejected) => _series.GetOrAdd(
        (name, type, operation, rejected),
        static (key, self) => self.Make(key.Name, key.Type, key.Operation.ToString().ToUpperInvariant(), key.Rejected ? "true" : "false"),
        this);

    private HistogramValue Make(string name, string type, string operation, string rejected) =>
        name.Length == 0 ? _steps.With(type, operation, rejected) : _plugins.With(name, type, operation, rejected);
}
