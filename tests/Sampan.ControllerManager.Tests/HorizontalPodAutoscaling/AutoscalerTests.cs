using System.Globalization;
using System.Text;
using Sampan.Api.Apps.V1;
using Sampan.Api.Autoscaling.V1;
using Sampan.Api.Autoscaling.V2;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.HorizontalPodAutoscaling;
using HorizontalPodAutoscaler = Sampan.Api.Autoscaling.V2.HorizontalPodAutoscaler;
using HorizontalPodAutoscalerSpec = Sampan.Api.Autoscaling.V2.HorizontalPodAutoscalerSpec;
using HorizontalPodAutoscalerStatus = Sampan.Api.Autoscaling.V2.HorizontalPodAutoscalerStatus;
using CrossVersionObjectReference = Sampan.Api.Autoscaling.V2.CrossVersionObjectReference;

namespace Sampan.ControllerManager.Tests.HorizontalPodAutoscaling;

/// <summary>One autoscaler of one Deployment, its controller, and the metrics that it asks for.</summary>
public abstract class AutoscalerTests : IAsyncDisposable
{
    protected AutoscalerTests() => Api.Special = Answer;

    private protected Harness Harness { get; } = new();

    private protected FakeApi Api => Harness.Api;

    /// <summary>The use of each pod in thousandths of a core; null when it was not measured.</summary>
    private protected Dictionary<string, int?> Cpus { get; } = [];

    /// <summary>What the metrics APIs answer to a path.</summary>
    private protected Dictionary<string, string> Answers { get; } = [];

    private protected string TargetSelector { get; set; } = "app=web";

    /// <summary>Of the targets that are chosen otherwise.</summary>
    private protected Dictionary<string, string> TargetSelectors { get; } = [];

    private protected int Replicas => Api.Find<Deployment>("default", "web")!.Spec.Replicas!.Value;

    private protected HorizontalPodAutoscalerStatus Status => Api.Find<HorizontalPodAutoscaler>("default", "web")!.Status;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Harness.DisposeAsync();
    }

    private protected Task SaidAsync(string message) => Harness.UntilAsync(() => Api.List<Event>().Exists(e => e.Message == message), $"the event: {message}");

    private protected HorizontalPodAutoscalerCondition Condition(string type) => Status.Conditions!.Single(c => c.Type == type);

    private protected static MetricSpec Cpu(int percent) => new()
    {
        Type = "Resource", Resource = new() { Name = "cpu", Target = new() { Type = "Utilization", AverageUtilization = percent } },
    };

    private protected static HorizontalPodAutoscalerSpec Spec(MetricSpec metric) => new()
    {
        ScaleTargetRef = new CrossVersionObjectReference { ApiVersion = "apps/v1", Kind = "Deployment", Name = "web" },
        MinReplicas = 1,
        MaxReplicas = 20,
        Metrics = [metric],
    };

    private protected async Task StartAsync(MetricSpec metric, Action<HorizontalPodAutoscaler>? change = null)
    {
        var autoscaler = new HorizontalPodAutoscaler { Metadata = new ObjectMeta { Namespace = "default", Name = "web" }, Spec = Spec(metric) };
        change?.Invoke(autoscaler);
        Api.Put(autoscaler);
        await Harness.StartAsync(c => new HorizontalPodAutoscalerController(c, new AutoscalerOptions()));
        await Harness.UntilAsync(() => Status.Conditions is not null, "looked at");
    }

    /// <summary>A Deployment whose pods ask for 100m each and use what the list says; "-" was not measured.</summary>
    private protected void Put(int replicas, string percent, Action<Pod, int>? change = null)
    {
        Api.Put(Workloads.Deployment(replicas));
        var usage = percent.Split(',', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < usage.Length; i++)
        {
            var pod = Workloads.Pod($"web-{i}", ready: true);
            pod.Spec.Containers[0].Resources.Requests = new() { ["cpu"] = Quantity.Parse("100m") };
            pod.Status.StartTime = Harness.Time.GetUtcNow().AddHours(-1);
            pod.Status.Conditions![0].LastTransitionTime = pod.Status.StartTime;
            change?.Invoke(pod, i);
            Api.Put(pod);
            Cpus[pod.Metadata.Name] = usage[i] == "-" ? null : int.Parse(usage[i], CultureInfo.InvariantCulture);
        }
    }

    private protected void Custom(string path, params string[] values)
    {
        Answers["/apis/custom.metrics.k8s.io"] = """{"preferredVersion":{"version":"v1beta2"}}""";
        var items = values.Select(v => v.Split('=')).Select(v => $$$"""{"describedObject":{"name":"{{{v[0]}}}"},"timestamp":"2026-01-01T00:00:00Z","value":"{{{v[1]}}}"}""");
        Answers[$"/apis/custom.metrics.k8s.io/v1beta2/{path}"] = $$"""{"items":[{{string.Join(',', items)}}]}""";
    }

    private object? Answer(ApiRequest request)
    {
        if (request.Subresource == "scale") return Scale(request);
        if (request.RawPath is not { } path || !path.Contains("metrics", StringComparison.Ordinal)) return null;
        var query = string.Join('&', request.Query.Select(q => $"{q.Key}={q.Value}"));
        var answer = Answers.GetValueOrDefault($"{path}?{query}") ?? Answers.GetValueOrDefault(path);
        if (answer is null && path.StartsWith("/apis/metrics.k8s.io", StringComparison.Ordinal)) answer = PodMetrics();
        return string.IsNullOrEmpty(answer) ? throw StatusException.GenericNotFound() : Encoding.UTF8.GetBytes(answer);
    }

    private string PodMetrics()
    {
        var items = Cpus.Where(c => c.Value is not null).Select(c => $$$"""
            {"metadata":{"name":"{{{c.Key}}}"},"timestamp":"{{{new Time(Harness.Time.GetUtcNow())}}}","window":"15s","containers":[{"name":"web","usage":{"cpu":"{{{c.Value}}}m","memory":"1Mi"}}]}
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
            Status = new() { Replicas = replicas, Selector = TargetSelectors.GetValueOrDefault(deployment.Metadata.Name, TargetSelector) },
        };
    }
}
