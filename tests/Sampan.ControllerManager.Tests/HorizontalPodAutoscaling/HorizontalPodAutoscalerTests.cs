using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Apps.V1;
using Sampan.Api.Autoscaling.V1;
using Sampan.Api.Autoscaling.V2;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.HorizontalPodAutoscaling;
using Sampan.ControllerManager.MetricsServer;
using HorizontalPodAutoscaler = Sampan.Api.Autoscaling.V2.HorizontalPodAutoscaler;
using HorizontalPodAutoscalerSpec = Sampan.Api.Autoscaling.V2.HorizontalPodAutoscalerSpec;
using HorizontalPodAutoscalerStatus = Sampan.Api.Autoscaling.V2.HorizontalPodAutoscalerStatus;
using CrossVersionObjectReference = Sampan.Api.Autoscaling.V2.CrossVersionObjectReference;

namespace Sampan.ControllerManager.Tests.HorizontalPodAutoscaling;

public sealed class HorizontalPodAutoscalerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();
    private readonly Dictionary<string, int?> _cpu = [];
    private readonly Dictionary<string, string> _answers = [];
    private string _selector = "app=web";

    public HorizontalPodAutoscalerTests() => Api.Special = Answer;

    private FakeApi Api => _harness.Api;

    private int Replicas => Api.Find<Deployment>("default", "web")!.Spec.Replicas!.Value;

    private HorizontalPodAutoscalerStatus Status => Api.Find<HorizontalPodAutoscaler>("default", "web")!.Status;

    [Theory]
    [InlineData(3, 50, "50,50,50", 3)]
    [InlineData(3, 50, "52,54,52", 3)]
    [InlineData(3, 50, "100,100,100", 6)]
    [InlineData(3, 50, "60,60,60", 4)]
    [InlineData(3, 50, "500,500,500", 6)]
    [InlineData(1, 50, "500", 4)]
    [InlineData(4, 50, "200,200,-,-", 8)]
    [InlineData(4, 50, "60,60,-,-", 4)]
    public async Task Reconcile_CpuUtilization_ScalesUpAsFarAsSamplesAndSpeedAllow(int replicas, int target, string percent, int expected)
    {
        Put(replicas, percent);
        await StartAsync(Cpu(target));
        Assert.Equal(expected, Replicas);
        Assert.Equal(expected, Status.DesiredReplicas);
        Assert.Equal("True", Condition("ScalingActive").Status);
        Assert.Equal("ValidMetricFound", Condition("ScalingActive").Reason);
    }

    [Fact]
    public async Task Reconcile_LoadFalls_ScalesDownAfterTheWindow()
    {
        Put(6, "10,10,10,10,10,10");
        await StartAsync(Cpu(50));
        Assert.Equal(6, Replicas);
        Assert.Equal("ScaleDownStabilized", Condition("AbleToScale").Reason);
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(290));
        Assert.Equal(6, Replicas);
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(2, Replicas);
    }

    /// <summary>The load may rise at any moment of the autoscaler's period, and right after the kubelets were asked.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(1000)]
    [InlineData(1999)]
    public async Task Reconcile_LoadRises_ReactsWithinFiveSeconds(int milliseconds)
    {
        Put(2, "50,50");
        await StartAsync(Cpu(50));
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(1) + TimeSpan.FromMilliseconds(milliseconds));
        Assert.Equal(2, Replicas);
        var unseen = new MetricsServerOptions { Client = () => Api.Client, Logs = NullLoggerFactory.Instance }.Interval;
        await _harness.AdvanceAsync(unseen);
        _cpu["web-0"] = _cpu["web-1"] = 100;
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(5) - unseen);
        Assert.Equal(4, Replicas);
        await SaidAsync("New size: 4; reason: cpu resource utilization (percentage of request) above target");
    }

    [Fact]
    public async Task Reconcile_LoadWavers_DoesNotFlap()
    {
        Put(4, "50,50,50,50");
        await StartAsync(Cpu(50));
        var sizes = new List<int>();
        for (var i = 0; i < 60; i++)
        {
            foreach (var name in _cpu.Keys) _cpu[name] = i % 2 == 0 ? 30 : 54;
            await _harness.AdvanceAsync(TimeSpan.FromSeconds(3));
            sizes.Add(Replicas);
        }

        Assert.Equal([4], sizes.Distinct());
    }

    [Theory]
    [InlineData("Ready", 4)]
    [InlineData("Pending", 3)]
    [InlineData("NotReady", 3)]
    [InlineData("Going", 3)]
    [InlineData("Failed", 3)]
    public async Task Reconcile_PodThatCarriesNoLoad_CountsAsIdleOrNotAtAll(string state, int expected)
    {
        Put(3, "100,100,100", (pod, i) =>
        {
            if (i < 2) return;
            if (state is "Pending" or "Failed") pod.Status.Phase = state;
            if (state == "NotReady") pod.Status.Conditions![0].Status = "False";
            if (state == "Going") (pod.Metadata.DeletionTimestamp, pod.Metadata.Finalizers) = (_harness.Time.GetUtcNow(), ["a/b"]);
        });
        await StartAsync(Cpu(75));
        Assert.Equal(expected, Replicas);
    }

    [Theory]
    [InlineData(2, 10, 1, 2, "Current number of replicas below Spec.MinReplicas")]
    [InlineData(2, 3, 5, 3, "Current number of replicas above Spec.MaxReplicas")]
    public async Task Reconcile_OutsideItsBounds_IsBroughtBack(int min, int max, int replicas, int expected, string reason)
    {
        Put(replicas, "50,50,50,50,50");
        await StartAsync(Cpu(50), h => (h.Spec.MinReplicas, h.Spec.MaxReplicas) = (min, max));
        Assert.Equal(expected, Replicas);
        await SaidAsync($"New size: {expected}; reason: {reason}");
    }

    [Fact]
    public async Task Reconcile_TargetOfZero_IsLeftAlone()
    {
        Put(0, "");
        await StartAsync(Cpu(50));
        Assert.Equal(0, Replicas);
        Assert.Equal(("False", "ScalingDisabled"), (Condition("ScalingActive").Status, Condition("ScalingActive").Reason));
    }

    [Theory]
    [InlineData("Pods", 4, 6, "ScaleUpLimit")]
    [InlineData("Percent", 50, 6, "ScaleUpLimit")]
    [InlineData("Disabled", 0, 4, "ScaleUpLimit")]
    public async Task Reconcile_UpPolicies_LimitTheSpeed(string type, int value, int expected, string reason)
    {
        Put(4, "200,200,200,200");
        await StartAsync(Cpu(50), h => h.Spec.Behavior = new()
        {
            ScaleUp = new()
            {
                SelectPolicy = type == "Disabled" ? "Disabled" : "Min",
                Policies = [new() { Type = type == "Disabled" ? "Pods" : type, Value = type == "Pods" ? 2 : value, PeriodSeconds = 60 }],
            },
        });
        Assert.Equal(expected, Replicas);
        Assert.Equal(("True", reason), (Condition("ScalingLimited").Status, Condition("ScalingLimited").Reason));
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(50));
        Assert.Equal(expected, Replicas);
    }

    [Fact]
    public async Task Reconcile_DownPolicies_LimitTheSpeed()
    {
        Put(8, "5,5,5,5,5,5,5,5");
        await StartAsync(Cpu(50), h => h.Spec.Behavior = new()
        {
            ScaleDown = new() { StabilizationWindowSeconds = 0, Policies = [new() { Type = "Pods", Value = 2, PeriodSeconds = 60 }] },
        });
        Assert.Equal(6, Replicas);
        Assert.Equal("ScaleDownLimit", Condition("ScalingLimited").Reason);
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(50));
        Assert.Equal(6, Replicas);
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(15));
        Assert.Equal(4, Replicas);
    }

    [Fact]
    public async Task Reconcile_UpWindow_WaitsForTheLoadToLast()
    {
        Put(2, "50,50");
        await StartAsync(Cpu(50), h => h.Spec.Behavior = new() { ScaleUp = new() { StabilizationWindowSeconds = 60 } });
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(2));
        _cpu["web-0"] = _cpu["web-1"] = 100;
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(50));
        Assert.Equal(2, Replicas);
        Assert.Equal("ScaleUpStabilized", Condition("AbleToScale").Reason);
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(15));
        Assert.Equal(4, Replicas);
    }

    [Theory]
    [InlineData("0.5", 4)]
    [InlineData("0.05", 5)]
    public async Task Reconcile_Tolerance_DecidesWhatIsWorthAChange(string tolerance, int expected)
    {
        Put(4, "56,56,56,56");
        await StartAsync(Cpu(50), h => h.Spec.Behavior = new() { ScaleUp = new() { Tolerance = Quantity.Parse(tolerance) } });
        Assert.Equal(expected, Replicas);
    }

    [Fact]
    public async Task Reconcile_NoMetricsApi_SaysSo()
    {
        Put(2, "50,50");
        _answers["/apis/metrics.k8s.io/v1beta1/namespaces/default/pods"] = "";
        await StartAsync(Cpu(50));
        Assert.Equal(2, Replicas);
        var condition = Condition("ScalingActive");
        Assert.Equal(("False", "FailedGetResourceMetric"), (condition.Status, condition.Reason));
        Assert.Equal(
            "the HPA was unable to compute the replica count: failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource",
            condition.Message);
        await _harness.UntilAsync(() => Api.List<Event>().Exists(e => e.Reason == "FailedGetResourceMetric"), "the event");
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
        _answers["/apis/external.metrics.k8s.io/v1beta1/namespaces/default/queue?labelSelector=topic=a"] = """{"items":[{"value":"60"},{"value":"20"}]}""";
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
        foreach (var name in _cpu.Keys) _cpu[name] = 1;
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(4, Replicas);
        Assert.Equal("FailedGetPodsMetric", Condition("ScalingActive").Reason);
    }

    [Fact]
    public async Task Reconcile_NoSelector_SaysSo()
    {
        _selector = "";
        Put(2, "100,100");
        await StartAsync(Cpu(50));
        Assert.Equal(("InvalidSelector", "the HPA target's scale is missing a selector"), (Condition("ScalingActive").Reason, Condition("ScalingActive").Message));
    }

    [Fact]
    public async Task Reconcile_TwoForTheSamePods_NeitherActs()
    {
        Put(2, "100,100");
        var other = new HorizontalPodAutoscaler { Metadata = new ObjectMeta { Namespace = "default", Name = "rival" }, Spec = Spec(Cpu(50)) };
        await StartAsync(Cpu(50), h => h.Spec.MaxReplicas = 2);
        Api.Put(other);
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("AmbiguousSelector", Condition("ScalingActive").Reason);
        Assert.Equal(2, Replicas);
    }

    [Fact]
    public async Task Reconcile_NoTarget_SaysSo()
    {
        Put(2, "100,100");
        await StartAsync(Cpu(50), h => h.Spec.ScaleTargetRef.Name = "nobody");
        Assert.Equal(("False", "FailedGetScale"), (Condition("AbleToScale").Status, Condition("AbleToScale").Reason));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private Task SaidAsync(string message) => _harness.UntilAsync(() => Api.List<Event>().Exists(e => e.Message == message), $"the event: {message}");

    private HorizontalPodAutoscalerCondition Condition(string type) => Status.Conditions!.Single(c => c.Type == type);

    private static MetricSpec Cpu(int percent) => new()
    {
        Type = "Resource", Resource = new() { Name = "cpu", Target = new() { Type = "Utilization", AverageUtilization = percent } },
    };

    private static HorizontalPodAutoscalerSpec Spec(MetricSpec metric) => new()
    {
        ScaleTargetRef = new CrossVersionObjectReference { ApiVersion = "apps/v1", Kind = "Deployment", Name = "web" },
        MinReplicas = 1,
        MaxReplicas = 20,
        Metrics = [metric],
    };

    private async Task StartAsync(MetricSpec metric, Action<HorizontalPodAutoscaler>? change = null)
    {
        var autoscaler = new HorizontalPodAutoscaler { Metadata = new ObjectMeta { Namespace = "default", Name = "web" }, Spec = Spec(metric) };
        change?.Invoke(autoscaler);
        Api.Put(autoscaler);
        await _harness.StartAsync(c => new HorizontalPodAutoscalerController(c, new AutoscalerOptions()));
        await _harness.UntilAsync(() => Status.Conditions is not null, "looked at");
    }

    /// <summary>A Deployment whose pods ask for 100m each and use what the list says; "-" was not measured.</summary>
    private void Put(int replicas, string percent, Action<Pod, int>? change = null)
    {
        Api.Put(Workloads.Deployment(replicas));
        var usage = percent.Split(',', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < usage.Length; i++)
        {
            var pod = Workloads.Pod($"web-{i}", ready: true);
            pod.Spec.Containers[0].Resources.Requests = new() { ["cpu"] = Quantity.Parse("100m") };
            pod.Status.StartTime = _harness.Time.GetUtcNow().AddHours(-1);
            pod.Status.Conditions![0].LastTransitionTime = pod.Status.StartTime;
            change?.Invoke(pod, i);
            Api.Put(pod);
            _cpu[pod.Metadata.Name] = usage[i] == "-" ? null : int.Parse(usage[i], CultureInfo.InvariantCulture);
        }
    }

    private void Custom(string path, params string[] values)
    {
        _answers["/apis/custom.metrics.k8s.io"] = """{"preferredVersion":{"version":"v1beta2"}}""";
        var items = values.Select(v => v.Split('=')).Select(v => $$$"""{"describedObject":{"name":"{{{v[0]}}}"},"timestamp":"2026-01-01T00:00:00Z","value":"{{{v[1]}}}"}""");
        _answers[$"/apis/custom.metrics.k8s.io/v1beta2/{path}"] = $$"""{"items":[{{string.Join(',', items)}}]}""";
    }

    private object? Answer(ApiRequest request)
    {
        if (request.Subresource == "scale") return Scale(request);
        if (request.RawPath is not { } path || !path.Contains("metrics", StringComparison.Ordinal)) return null;
        var query = string.Join('&', request.Query.Select(q => $"{q.Key}={q.Value}"));
        var answer = _answers.GetValueOrDefault($"{path}?{query}") ?? _answers.GetValueOrDefault(path);
        if (answer is null && path.StartsWith("/apis/metrics.k8s.io", StringComparison.Ordinal)) answer = PodMetrics();
        return string.IsNullOrEmpty(answer) ? throw StatusException.GenericNotFound() : Encoding.UTF8.GetBytes(answer);
    }

    private string PodMetrics()
    {
        var items = _cpu.Where(c => c.Value is not null).Select(c => $$$"""
            {"metadata":{"name":"{{{c.Key}}}"},"timestamp":"{{{new Time(_harness.Time.GetUtcNow())}}}","window":"15s","containers":[{"name":"web","usage":{"cpu":"{{{c.Value}}}m","memory":"1Mi"}}]}
            """);
        return $$"""{"items":[{{string.Join(',', items)}}]}""";
    }

    private Scale Scale(ApiRequest request)
    {
        var deployment = Api.Find<Deployment>("default", request.Name!)?.DeepClone() ?? throw StatusException.NotFound(request.Resource.GroupResource, request.Name!);
        if (request.Content?.Value is Scale wanted)
        {
            deployment.Spec.Replicas = wanted.Spec.Replicas;
            deployment = Api.Put(deployment);
        }

        var replicas = deployment.Spec.Replicas ?? 0;
        return new Scale
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = deployment.Metadata.Name },
            Spec = new() { Replicas = replicas },
            Status = new() { Replicas = replicas, Selector = _selector },
        };
    }
}
