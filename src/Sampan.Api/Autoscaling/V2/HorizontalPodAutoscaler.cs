using Sampan.Api.Meta.V1;

namespace Sampan.Api.Autoscaling.V2;

/// <summary>Changes the number of replicas of a workload to keep a metric near its target.</summary>
[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler")]
[Kind("autoscaling", "v2", Plural = "horizontalpodautoscalers", Singular = "horizontalpodautoscaler", Namespaced = true, ShortNames = ["hpa"], Categories = ["all"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class HorizontalPodAutoscaler : IObject<HorizontalPodAutoscaler>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>What to scale, within which bounds and by which metrics.</summary>
    [Field("spec", 2, Required = true)]
    public HorizontalPodAutoscalerSpec Spec { get; set; } = new();

    /// <summary>Present readings and the number of pods that follows from them.</summary>
    [Field("status", 3)]
    public HorizontalPodAutoscalerStatus Status { get; set; } = new();
}
