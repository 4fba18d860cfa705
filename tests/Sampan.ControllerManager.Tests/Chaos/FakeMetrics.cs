using System.Text;
using Sampan.Api.Apps.V1;
using Sampan.Api.Autoscaling.V1;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Tests.Chaos;

/// <summary>What the autoscaler asks for: the scale of a Deployment, and the usage of its pods, which share one load.</summary>
internal sealed class FakeMetrics(FakeApi api, TimeProvider time)
{
    /// <summary>On a Deployment: the load in thousandths of a core, shared by its ready pods.</summary>
    public const string Load = "example.com/load";

    public object? Answer(ApiRequest request)
    {
        if (request.Subresource == "scale") return ScaleOf(request);
        if (request.RawPath?.StartsWith("/apis/metrics.k8s.io", StringComparison.Ordinal) != true) return null;
        var app = request.Query.First(q => q.Key == "labelSelector").Value["app=".Length..];
        return Encoding.UTF8.GetBytes($$"""{"items":[{{string.Join(',', UsageOf(app))}}]}""");
    }

    private IEnumerable<string> UsageOf(string app)
    {
        var load = int.Parse(api.Find<Deployment>("default", app)!.Metadata.Annotations![Load], System.Globalization.CultureInfo.InvariantCulture);
        var pods = api.List<Pod>().Where(p => p.Metadata.Labels?.GetValueOrDefault("app") == app && p.Status.Phase == "Running").ToList();
        return pods.Select(p => $$$"""
            {"metadata":{"name":"{{{p.Metadata.Name}}}"},"timestamp":"{{{new Time(time.GetUtcNow())}}}","window":"15s","containers":[{"name":"web","usage":{"cpu":"{{{load / pods.Count}}}m"}}]}
            """);
    }

    private Scale ScaleOf(ApiRequest request)
    {
        var deployment = api.Find<Deployment>("default", request.Name!) ?? throw StatusException.NotFound(request.Resource.GroupResource, request.Name!);
        if (request.Content?.Value is Scale wanted)
        {
            var copy = deployment.DeepClone();
            copy.Spec.Replicas = wanted.Spec.Replicas;
            deployment = api.TryPut(copy) ? copy : throw StatusException.Conflict(request.Resource.GroupResource, request.Name!);
        }

        return new Scale
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = deployment.Metadata.Name },
            Spec = new() { Replicas = deployment.Spec.Replicas ?? 0 },
            Status = new() { Replicas = deployment.Status.Replicas, Selector = $"app={deployment.Metadata.Name}" },
        };
    }
}
