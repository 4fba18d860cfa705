namespace Sampan.Api.Autoscaling.V1;

/// <summary>Size that something scalable has at the moment.</summary>
[ApiType("io.k8s.api.autoscaling.v1.ScaleStatus")]
public sealed partial class ScaleStatus : IApiType<ScaleStatus>
{
    /// <summary>How many pods were last counted.</summary>
    [Field("replicas", 1, Required = true)]
    public int Replicas { get; set; }

    /// <summary>Label selector of the pods as one string, fit for a query.</summary>
    [Field("selector", 2)]
    public string? Selector { get; set; }
}
