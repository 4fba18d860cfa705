namespace Sampan.Api.Autoscaling.V1;

/// <summary>Size wanted of something scalable.</summary>
[ApiType("io.k8s.api.autoscaling.v1.ScaleSpec")]
public sealed partial class ScaleSpec : IApiType<ScaleSpec>
{
    /// <summary>How many pods are wanted; 0 or more.</summary>
    [Field("replicas", 1, Default = "0")]
    public int Replicas { get; set; }
}
