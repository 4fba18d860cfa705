using Sampan.Api.Autoscaling.V2;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Tests.HorizontalPodAutoscaling;

/// <summary>What an autoscaler says of itself, in its status and in events, and when it writes it.</summary>
public sealed class AutoscalerStatusTests : AutoscalerTests
{
    private const string Gone = "the server could not find the requested resource";
    private const string NoCustom = "no custom metrics API (custom.metrics.k8s.io) registered";
    private static readonly string[] AllWell = ["AbleToScale=True:ReadyForNewScale", "ScalingActive=True:ValidMetricFound", "ScalingLimited=False:DesiredWithinRange"];

    private int StatusWrites => Api.Writes.Count(r => r is { Subresource: "status", Resource.Resource: "horizontalpodautoscalers" });

    private List<string> Conditions => [.. Status.Conditions!.Select(c => $"{c.Type}={c.Status}:{c.Reason}")];

    [Theory]
    [InlineData("Resource", "FailedGetResourceMetric",
        "failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: " + Gone, "failed to get cpu resource metric value: ")]
    [InlineData("Usage", "FailedGetResourceMetric",
        "failed to get cpu usage: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: " + Gone, "failed to get cpu resource metric value: ")]
    [InlineData("ContainerResource", "FailedGetContainerResourceMetric",
        "failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: " + Gone, "failed to get web container metric value: ")]
    [InlineData("Pods", "FailedGetPodsMetric",
        "unable to get metric qps: unable to fetch metrics from custom metrics API: " + NoCustom, "failed to get pods metric value: ")]
    [InlineData("Object", "FailedGetObjectMetric",
        "unable to get metric qps on Service default/front: unable to fetch metrics from custom metrics API: " + NoCustom, "failed to get object metric value: ")]
    [InlineData("ObjectPerPod", "FailedGetObjectMetric",
        "unable to get metric qps on Service default/front: unable to fetch metrics from custom metrics API: " + NoCustom, "failed to get object metric value: failed to get qps object metric: ")]
    [InlineData("External", "FailedGetExternalMetric",
        "unable to get external metric default/qps/nil: unable to fetch metrics from external metrics API: " + Gone,
        "failed to get qps external metric value: failed to get external metric qps: ")]
    [InlineData("ExternalPerPod", "FailedGetExternalMetric",
        "unable to get external metric default/qps/nil: unable to fetch metrics from external metrics API: " + Gone,
        "failed to get qps external metric value: failed to get qps external metric: ")]
    [InlineData("Nothing", "FailedGetResourceMetric",
        "invalid resource metric source: neither an average utilization target nor an average value (usage) target was set", "failed to get cpu resource metric value: ")]
    [InlineData("CheddarCheese", "InvalidMetricSourceType", "unknown metric source type \"CheddarCheese\"", "")]
    public async Task Reconcile_MetricWithoutValue_SaysWhichAndWhy(string kind, string reason, string message, string summary)
    {
        Put(3, "100,100,100");
        Answers["/apis/metrics.k8s.io/v1beta1/namespaces/default/pods"] = "";
        await StartAsync(Metric(kind));
        Assert.Equal(["AbleToScale=True:SucceededGetScale", $"ScalingActive=False:{reason}"], Conditions);
        Assert.Equal($"the HPA was unable to compute the replica count: {message}", Condition("ScalingActive").Message);
        await Harness.UntilAsync(() => Said(reason, message), "the event of the metric");
        await Harness.UntilAsync(() => Said("FailedComputeMetricsReplicas", $"invalid metrics (1 invalid out of 1), first error is: {summary}{message}"), "the event of all");
        Assert.Equal((3, 0, 3), (Status.CurrentReplicas, Status.DesiredReplicas, Replicas));
    }

    [Theory]
    [InlineData("Resource", "cpu resource utilization (percentage of request)")]
    [InlineData("Usage", "cpu resource")]
    [InlineData("ContainerResource", "cpu container resource utilization (percentage of request)")]
    [InlineData("ContainerUsage", "cpu resource")]
    [InlineData("Pods", "pods metric qps")]
    [InlineData("Object", "Service metric qps")]
    [InlineData("ObjectPerPod", "external metric qps(nil)")]
    [InlineData("External", "external metric qps(nil)")]
    [InlineData("Selected", "external metric qps(&LabelSelector{MatchLabels:map[string]string{topic: a,},MatchExpressions:[]LabelSelectorRequirement{},})")]
    public async Task Reconcile_MetricAboveItsTarget_IsNamed(string kind, string name)
    {
        Put(2, "100,100");
        Custom("namespaces/default/pods/*/qps", "web-0=30", "web-1=30");
        Custom("namespaces/default/services/front/qps", "front=30");
        Answers["/apis/external.metrics.k8s.io/v1beta1/namespaces/default/qps"] = """{"items":[{"value":"30"}]}""";
        await StartAsync(Metric(kind));
        Assert.Equal($"the HPA was able to successfully calculate a replica count from {name}", Condition("ScalingActive").Message);
        await SaidAsync($"New size: {Replicas}; reason: {name} above target");
        Assert.True(Replicas > 2);
        Assert.Equal(
            ["AbleToScale=True:SucceededRescale", "ScalingActive=True:ValidMetricFound"], Conditions[..2]);
        Assert.Equal((2, Replicas), (Status.CurrentReplicas, Status.DesiredReplicas));
        Assert.NotNull(Status.LastScaleTime);
    }

    [Fact]
    public async Task Reconcile_SomeMetricsWithoutValue_KeepTheirPlaces()
    {
        Put(2, "100,100");
        await StartAsync(Metric("External"), h => h.Spec.Metrics!.Add(Cpu(50)));
        Assert.Equal(4, Replicas);
        Assert.Equal("ValidMetricFound", Condition("ScalingActive").Reason);
        Assert.Equal(["", "Resource"], Status.CurrentMetrics!.Select(m => m.Type));
        Assert.Equal(100, Status.CurrentMetrics![1].Resource!.Current.AverageUtilization);
    }

    [Fact]
    public async Task Reconcile_SomeMetricsWithoutValueAndAllElseBelow_DoesNothing()
    {
        Put(5, "10,10,10,10,10");
        await StartAsync(Cpu(50), h => h.Spec.Metrics!.Add(Metric("CheddarCheese")));
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(5, Replicas);
        Assert.Equal(["AbleToScale=True:SucceededGetScale", "ScalingActive=False:InvalidMetricSourceType"], Conditions);
        Assert.Equal(["Resource", ""], Status.CurrentMetrics!.Select(m => m.Type));
    }

    [Fact]
    public async Task Reconcile_SeveralMetrics_TheHighestWins()
    {
        Put(2, "60,60");
        Answers["/apis/external.metrics.k8s.io/v1beta1/namespaces/default/qps"] = """{"items":[{"value":"39"}]}""";
        await StartAsync(Cpu(50), h => h.Spec.Metrics!.Add(Metric("External")));
        Assert.Equal(4, Replicas);
        await SaidAsync("New size: 4; reason: external metric qps(nil) above target");
    }

    [Fact]
    public async Task Reconcile_MemoryUse_IsShownInBinary()
    {
        Put(2, "50,50", (pod, _) => pod.Spec.Containers[0].Resources.Requests!["memory"] = Quantity.Parse("1Mi"));
        await StartAsync(new MetricSpec { Type = "Resource", Resource = new() { Name = "memory", Target = new() { Type = "Utilization", AverageUtilization = 100 } } });
        Assert.Equal("1Mi", Status.CurrentMetrics![0].Resource!.Current.AverageValue.ToString());
        Assert.Equal(AllWell, Conditions);
    }

    [Fact]
    public async Task Reconcile_OutsideItsBounds_LooksAtNoMetrics()
    {
        Put(9, "");
        await StartAsync(Cpu(50), h => h.Spec.MaxReplicas = 5);
        Assert.Equal(["AbleToScale=True:SucceededRescale"], Conditions);
        Assert.Equal((9, 5, null), (Status.CurrentReplicas, Status.DesiredReplicas, Status.CurrentMetrics));
    }

    [Fact]
    public async Task Reconcile_SelectorThatCannotBeRead_SaysSo()
    {
        TargetSelector = "cheddar cheese";
        Put(2, "100,100");
        await StartAsync(Cpu(50));
        Assert.Equal(["AbleToScale=True:SucceededGetScale", "ScalingActive=False:InvalidSelector"], Conditions);
        Assert.StartsWith("couldn't convert selector into a corresponding internal selector object: ", Condition("ScalingActive").Message, StringComparison.Ordinal);
        await Harness.UntilAsync(() => Said("InvalidSelector", Condition("ScalingActive").Message!), "the event");
    }

    [Fact]
    public async Task Reconcile_TargetCannotBeChanged_SaysSo()
    {
        Put(2, "100,100");
        Api.Refuse = r => r is { Verb: ApiVerbs.Update, Subresource: "scale" } ? StatusException.Forbidden(r.Resource.GroupResource, r.Name!, "not today") : null;
        await StartAsync(Cpu(50));
        Assert.Equal(["AbleToScale=False:FailedUpdateScale", .. AllWell[1..]], Conditions);
        Assert.EndsWith("not today", Condition("AbleToScale").Message, StringComparison.Ordinal);
        await Harness.UntilAsync(() => Api.List<Event>().Exists(e => e.Reason == "FailedRescale"
            && e.Message!.StartsWith("New size: 4; reason: cpu resource utilization (percentage of request) above target; error: ", StringComparison.Ordinal)), "the event");
        Assert.Equal((2, 0), (Status.CurrentReplicas, Status.DesiredReplicas));
    }

    [Fact]
    public async Task Reconcile_TargetChangesMeanwhile_LooksAgainAtOnce()
    {
        Put(2, "100,100");
        var conflicts = 2;
        Api.Refuse = r => r is { Verb: ApiVerbs.Update, Subresource: "scale" } && Interlocked.Decrement(ref conflicts) >= 0 ? StatusException.Conflict(r.Resource.GroupResource, r.Name!) : null;
        await StartAsync(Cpu(50));
        Assert.Equal(4, Replicas);
        Assert.Equal("SucceededRescale", Condition("AbleToScale").Reason);
        Assert.DoesNotContain(Api.List<Event>(), e => e.Reason == "FailedRescale");
    }

    [Fact]
    public async Task Reconcile_StatusCannotBeWritten_SaysSo()
    {
        Put(2, "50,50");
        await StartAsync(Cpu(50));
        Api.Refuse = r => r is { Subresource: "status", Resource.Resource: "horizontalpodautoscalers" } ? StatusException.Forbidden(r.Resource.GroupResource, r.Name!, "not today") : null;
        Cpus["web-0"] = Cpus["web-1"] = 100;
        await Harness.AdvanceUntilAsync(() => Replicas == 4, "scaled", TimeSpan.FromSeconds(1));
        await Harness.AdvanceUntilAsync(() => Api.List<Event>().Exists(e => e.Reason == "FailedUpdateStatus" && e.Message!.EndsWith("not today", StringComparison.Ordinal)), "the event");
        Api.Refuse = null;
        await Harness.AdvanceUntilAsync(() => Status.DesiredReplicas == 4, "written", TimeSpan.FromSeconds(1));
        Assert.Equal(AllWell, Conditions);
    }

    [Fact]
    public async Task Reconcile_NothingChanges_WritesNothing()
    {
        Put(4, "50,50,50,50");
        await StartAsync(Cpu(50));
        await Harness.AdvanceAsync(TimeSpan.FromSeconds(10));
        var before = StatusWrites;
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(before, StatusWrites);
    }

    [Fact]
    public async Task Reconcile_ValuesAloneChange_AreWrittenEveryFifteenSeconds()
    {
        Put(4, "50,50,50,50");
        await StartAsync(Cpu(50));
        await Harness.AdvanceAsync(TimeSpan.FromSeconds(1));
        var before = StatusWrites;
        for (var second = 0; second < 120; second++)
        {
            Cpus["web-0"] = 45 + (second % 10);
            await Harness.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(StatusWrites - before, 1, 9);
    }

    [Theory]
    [InlineData("app=web", "app=web", "AmbiguousSelector")]
    [InlineData("app=web", "tier=front", "AmbiguousSelector")]
    [InlineData("app=web", "app=other", "ValidMetricFound")]
    public async Task Reconcile_SelectorsOfTwo_MayNotChooseTheSamePod(string first, string second, string reason)
    {
        Put(2, "100,100", (pod, _) => pod.Metadata.Labels!["tier"] = "front");
        TargetSelectors["rival"] = second;
        TargetSelector = first;
        var rival = new HorizontalPodAutoscaler { Metadata = new() { Namespace = "default", Name = "rival" }, Spec = Spec(Cpu(50)) };
        rival.Spec.ScaleTargetRef.Name = "rival";
        var other = Workloads.Deployment(2);
        other.Metadata.Name = "rival";
        Api.Put(other);
        Api.Put(rival);
        await StartAsync(Cpu(50));
        await Harness.AdvanceUntilAsync(() => Condition("ScalingActive").Reason == reason, reason, TimeSpan.FromSeconds(1));
        if (reason != "AmbiguousSelector") return;
        Assert.Equal($"pods by selector {first} are controlled by multiple HPAs: [default/rival default/web]", Condition("ScalingActive").Message);
        Api.Remove<HorizontalPodAutoscaler>("default", "rival");
        await Harness.AdvanceUntilAsync(() => Condition("ScalingActive").Reason == "ValidMetricFound", "alone again", TimeSpan.FromSeconds(1));
    }

    private static MetricSpec Metric(string kind)
    {
        var (ten, identifier) = (Quantity.Parse("10"), new MetricIdentifier { Name = "qps" });
        MetricTarget value = new() { Type = "Value", Value = ten }, share = new() { Type = "AverageValue", AverageValue = ten };
        MetricTarget percent = new() { Type = "Utilization", AverageUtilization = 50 }, usage = new() { Type = "AverageValue", AverageValue = Quantity.Parse("50m") };
        CrossVersionObjectReference front = new() { ApiVersion = "v1", Kind = "Service", Name = "front" };
        return kind switch
        {
            "Resource" => new() { Type = kind, Resource = new() { Name = "cpu", Target = percent } },
            "Usage" => new() { Type = "Resource", Resource = new() { Name = "cpu", Target = usage } },
            "Nothing" => new() { Type = "Resource", Resource = new() { Name = "cpu", Target = new() { Type = "Utilization" } } },
            "ContainerResource" => new() { Type = kind, ContainerResource = new() { Name = "cpu", Container = "web", Target = percent } },
            "ContainerUsage" => new() { Type = "ContainerResource", ContainerResource = new() { Name = "cpu", Container = "web", Target = usage } },
            "Pods" => new() { Type = kind, Pods = new() { Metric = identifier, Target = share } },
            "Object" => new() { Type = kind, Object = new() { DescribedObject = front, Metric = identifier, Target = value } },
            "ObjectPerPod" => new() { Type = "Object", Object = new() { DescribedObject = front, Metric = identifier, Target = share } },
            "External" => new() { Type = kind, External = new() { Metric = identifier, Target = value } },
            "ExternalPerPod" => new() { Type = "External", External = new() { Metric = identifier, Target = share } },
            "Selected" => new() { Type = "External", External = new() { Metric = new() { Name = "qps", Selector = new() { MatchLabels = new() { ["topic"] = "a" } } }, Target = value } },
            _ => new() { Type = kind },
        };
    }

    private bool Said(string reason, string message) => Api.List<Event>().Exists(e => e.Reason == reason && e.Message == message);
}
