using System.Globalization;
using Sampan.Api.Autoscaling.V2;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Tests.HorizontalPodAutoscaling;

/// <summary>The metrics that an autoscaler follows, and what it says when one has no value.</summary>
public sealed class AutoscalerMetricsTests : AutoscalerTests
{
    [Fact]
    public async Task Reconcile_NoMetricsApi_SaysSo()
    {
        Put(2, "50,50");
        Answers["/apis/metrics.k8s.io/v1beta1/namespaces/default/pods"] = "";
        await StartAsync(Cpu(50));
        Assert.Equal(2, Replicas);
        var condition = Condition("ScalingActive");
        Assert.Equal(("False", "FailedGetResourceMetric"), (condition.Status, condition.Reason));
        Assert.Equal(
            "the HPA was unable to compute the replica count: failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource",
            condition.Message);
        await Harness.UntilAsync(() => Api.List<Event>().Exists(e => e.Reason == "FailedGetResourceMetric"), "the event");
    }

    [Theory]
    [InlineData(50, "100,100", "scale_up", "scale_up", "none", 4)]
    [InlineData(50, "10,10", "none", "scale_down", "none", 2)] // until the lower load has lasted
    [InlineData(null, "100,100", "none", "none", "spec", 0)]
    [InlineData(50, null, "none", "none", "internal", 0)]
    public async Task Reconcile_IsCountedByWhatWasDoneAndWhatWentWrong(int? target, string? usage, string action, string ofMetric, string error, int desired)
    {
        Put(2, usage ?? "50,50");
        if (usage is null) Answers["/apis/metrics.k8s.io/v1beta1/namespaces/default/pods"] = "";
        await StartAsync(target is { } percent ? Cpu(percent) : new MetricSpec { Type = "Resource", Resource = new() { Name = "cpu", Target = new() { Type = "Utilization" } } });
        const string prefix = "horizontal_pod_autoscaler_controller";
        string[] expected =
        [
            $"{prefix}_reconciliations_total{{action=\"{action}\",error=\"{error}\"}} ",
            $"{prefix}_reconciliation_duration_seconds_count{{action=\"{action}\",error=\"{error}\"}} ",
            $"{prefix}_metric_computation_total{{action=\"{ofMetric}\",error=\"{error}\",metric_type=\"Resource\"}} ",
            $"{prefix}_num_horizontal_pod_autoscalers 1",
        ];
        await Harness.UntilAsync(() => expected.All(line => Shown().Contains(line, StringComparison.Ordinal)), "the numbers");
        if (error == "none") Assert.Contains($"{prefix}_desired_replicas{{namespace=\"default\",hpa_name=\"web\"}} {desired}\n", Shown(), StringComparison.Ordinal);

        string Shown() => Harness.Context.Metrics.Render();
    }

    [Fact]
    public async Task Reconcile_MissingRequest_SaysWhichContainer()
    {
        Put(1, "50", (pod, _) => pod.Spec.Containers[0].Resources.Requests = null);
        await StartAsync(Cpu(50));
        Assert.EndsWith("missing request for cpu in container web of Pod web-0", Condition("ScalingActive").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AverageValue", "75m", 4)]
    [InlineData("Utilization", "75", 4)]
    public async Task Reconcile_ContainerResource_CountsThatContainerAlone(string type, string target, int expected)
    {
        Put(3, "100,100,100");
        var metric = new MetricTarget { Type = type };
        if (type == "Utilization") metric.AverageUtilization = int.Parse(target, CultureInfo.InvariantCulture);
        else metric.AverageValue = Quantity.Parse(target);
        await StartAsync(new MetricSpec { Type = "ContainerResource", ContainerResource = new() { Name = "cpu", Container = "web", Target = metric } });
        Assert.Equal(expected, Replicas);
        Assert.Equal("100m", Status.CurrentMetrics![0].ContainerResource!.Current.AverageValue.ToString());
    }

    [Fact]
    public async Task Reconcile_PodsMetric_ComparesTheAverage()
    {
        Put(2, "1,1");
        Custom("namespaces/default/pods/*/hits", "web-0=30", "web-1=50");
        await StartAsync(new MetricSpec { Type = "Pods", Pods = new() { Metric = new() { Name = "hits" }, Target = new() { Type = "AverageValue", AverageValue = Quantity.Parse("20") } } });
        Assert.Equal(4, Replicas);
        Assert.Equal("40", Status.CurrentMetrics![0].Pods!.Current.AverageValue.ToString());
    }

    [Theory]
    [InlineData("Value", "100", 4)]
    [InlineData("AverageValue", "50", 4)]
    public async Task Reconcile_ObjectMetric_ComparesTheWholeOrTheShare(string type, string target, int expected)
    {
        Put(2, "1,1");
        Custom("namespaces/default/services/front/hits", "front=200");
        var wanted = new MetricTarget { Type = type };
        if (type == "Value") wanted.Value = Quantity.Parse(target);
        else wanted.AverageValue = Quantity.Parse(target);
        await StartAsync(new MetricSpec
        {
            Type = "Object",
            Object = new() { DescribedObject = new() { ApiVersion = "v1", Kind = "Service", Name = "front" }, Metric = new() { Name = "hits" }, Target = wanted },
        });
        Assert.Equal(expected, Replicas);
    }

    [Fact]
    public async Task Reconcile_ExternalMetric_SumsItsSeries()
    {
        Put(2, "1,1");
        Answers["/apis/external.metrics.k8s.io/v1beta1/namespaces/default/queue?labelSelector=topic=a"] = """{"items":[{"value":"60"},{"value":"20"}]}""";
        await StartAsync(new MetricSpec
        {
            Type = "External",
            External = new()
            {
                Metric = new() { Name = "queue", Selector = new() { MatchLabels = new() { ["topic"] = "a" } } },
                Target = new() { Type = "AverageValue", AverageValue = Quantity.Parse("20") },
            },
        });
        Assert.Equal(4, Replicas);
        Assert.Equal("40", Status.CurrentMetrics![0].External!.Current.AverageValue.ToString());
    }

    [Fact]
    public async Task Reconcile_OneMetricFails_OthersMayOnlyScaleUp()
    {
        Put(2, "100,100");
        var broken = new MetricSpec { Type = "Pods", Pods = new() { Metric = new() { Name = "gone" }, Target = new() { Type = "AverageValue", AverageValue = new Quantity(1) } } };
        await StartAsync(broken, h => h.Spec.Metrics!.Add(Cpu(50)));
        Assert.Equal(4, Replicas);
        foreach (var name in Cpus.Keys) Cpus[name] = 1;
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(4, Replicas);
        Assert.Equal("FailedGetPodsMetric", Condition("ScalingActive").Reason);
    }
}
