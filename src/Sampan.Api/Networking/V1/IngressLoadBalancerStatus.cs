namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.IngressLoadBalancerStatus")]
public sealed partial class IngressLoadBalancerStatus : IApiType<IngressLoadBalancerStatus>
{
    [Field("ingress", 1, ListType = "atomic")]
    public List<IngressLoadBalancerIngress>? Ingress { get; set; }
}
