namespace Sampan.Api.Autoscaling.V1;

[ApiType("io.k8s.api.autoscaling.v1.ScaleSpec")]
public sealed partial class ScaleSpec : IApiType<ScaleSpec>
{
    [Field("replicas", 1, Default = "0")]
    public int Replicas { get; set; }
}
