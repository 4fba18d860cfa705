namespace Sampan.Api.Core.V1;

/// <summary>Where a load balancer can be reached.</summary>
[ApiType("io.k8s.api.core.v1.LoadBalancerStatus")]
public sealed partial class LoadBalancerStatus : IApiType<LoadBalancerStatus>
{
    /// <summary>Addresses or names at which traffic for the Service is taken; empty until the load balancer is ready.</summary>
    [Field("ingress", 1, ListType = "atomic")]
    public List<LoadBalancerIngress>? Ingress { get; set; }
}
