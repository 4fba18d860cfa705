using Sampan.Api.Meta.V1;

namespace Sampan.Api.Autoscaling.V1;

/// <summary>The number of replicas of a workload, wanted and current, whatever its kind.</summary>
[ApiType("io.k8s.api.autoscaling.v1.Scale")]
[Kind("autoscaling", "v1")]
public sealed partial class Scale : IObject<Scale>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Number of pods wanted; the part to write.</summary>
    [Field("spec", 2)]
    public ScaleSpec Spec { get; set; } = new();

    /// <summary>Number of pods observed, and how to find them.</summary>
    [Field("status", 3)]
    public ScaleStatus Status { get; set; } = new();
}
