namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.IngressStatus")]
public sealed partial class IngressStatus : IApiType<IngressStatus>
{
    [Field("loadBalancer", 1)]
    public IngressLoadBalancerStatus LoadBalancer { get; set; } = new();
}
