namespace Sampan.Api.Autoscaling.V1;

[ApiType("io.k8s.api.autoscaling.v1.ScaleStatus")]
public sealed partial class ScaleStatus : IApiType<ScaleStatus>
{
    [Field("replicas", 1, Required = true)]
    public int Replicas { get; set; }

    [Field("selector", 2)]
    public string? Selector { get; set; }
}
