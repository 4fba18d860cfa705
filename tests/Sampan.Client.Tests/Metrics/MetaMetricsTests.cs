using Sampan.Client.Metrics;

namespace Sampan.Client.Tests.Metrics;

/// <summary>What every component says of its features and of its metrics themselves.</summary>
public sealed class MetaMetricsTests
{
    private readonly MetricRegistry _registry = new();

    [Fact]
    public void Features_OnAndOff_HaveUpstreamsNamesAndStages()
    {
        ProcessMetrics.AddTo(_registry);
        Assert.Contains("kubernetes_feature_enabled{name=\"PodDeletionCost\",stage=\"BETA\"} 1\n", _registry.Render(), StringComparison.Ordinal);
        Assert.Contains("kubernetes_feature_enabled{name=\"AllAlpha\",stage=\"ALPHA\"} 0\n", _registry.Render(), StringComparison.Ordinal);
        Assert.Contains("kubernetes_feature_enabled{name=\"SidecarContainers\",stage=\"\"} 1\n", _registry.Render(), StringComparison.Ordinal);
        Assert.Contains("kubernetes_feature_enabled{name=\"MaxUnavailableStatefulSet\",stage=\"BETA\"} 0\n", _registry.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Registered_MetricsOfEachStability_AreCounted()
    {
        ProcessMetrics.AddTo(_registry);
        _registry.Counter("apiserver_request_total", "Requests.");
        _registry.Counter("volume_operation_total_errors", "Errors.");
        var text = _registry.Render();
        Assert.Contains("registered_metrics_total{deprecated_version=\"\",stability_level=\"STABLE\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("registered_metrics_total{deprecated_version=\"\",stability_level=\"BETA\"} 5\n", text, StringComparison.Ordinal);
        Assert.Contains("registered_metrics_total{deprecated_version=\"1.36.0\",stability_level=\"ALPHA\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("disabled_metrics_total 0\n", text, StringComparison.Ordinal);
        Assert.Contains("hidden_metrics_total 0\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void AddTo_TwoComponentsOfOneProcess_AreTheSame()
    {
        ProcessMetrics.AddTo(_registry);
        var once = _registry.Names.Order().ToList();
        ProcessMetrics.AddTo(_registry);
        Assert.Equal(once, _registry.Names.Order());
    }
}
