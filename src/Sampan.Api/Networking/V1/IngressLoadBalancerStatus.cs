namespace Sampan.Api.Networking.V1;

/// <summary>The addresses of a load balancer.</summary>
[ApiType("io.k8s.api.networking.v1.IngressLoadBalancerStatus")]
public sealed partial class IngressLoadBalancerStatus : IApiType<IngressLoadBalancerStatus>
{
    /// <summary>The addresses at which the Ingress is reached.</summary>
    [Field("ingress", 1, ListType = "atomic")]
    public List<IngressLoadBalancerIngress>? Ingress { get; set; }
}
