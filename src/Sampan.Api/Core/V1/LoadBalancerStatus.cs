namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.LoadBalancerStatus")]
public sealed partial class LoadBalancerStatus : IApiType<LoadBalancerStatus>
{
    [Field("ingress", 1, ListType = "atomic")]
    public List<LoadBalancerIngress>? Ingress { get; set; }
}
