using Sampan.Client.Features;

namespace Sampan.Client.Metrics;

/// <summary>What a component says of its features and of its metrics themselves.</summary>
internal static class MetaMetrics
{
    public static void AddTo(MetricRegistry registry)
    {
        var features = registry.Gauge("kubernetes_feature_enabled", "Whether a feature is on, by its name and stage.", "name", "stage");
        foreach (var feature in KnownFeatures.All.Values) features.With(feature.Name, feature.Stage).Set(feature.IsOn ? 1 : 0);
        registry.Collect(
            "registered_metrics_total", "How many metrics there are, by what is promised of them.", "counter", ["deprecated_version", "stability_level"],
            () => registry.Names.CountBy(n => (Stability.DeprecatedSince(n), Stability.Of(n))).Select(n => (new[] { n.Key.Item1, n.Key.Item2 }, (double)n.Value)));
        // Every metric is shown: none can be switched off, and none is hidden before it goes.
        registry.Read("disabled_metrics_total", "How many metrics are switched off.", "counter", () => 0);
        registry.Read("hidden_metrics_total", "How many metrics are hidden.", "counter", () => 0);
    }
}
