namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.IngressLoadBalancerIngress")]
public sealed partial class IngressLoadBalancerIngress : IApiType<IngressLoadBalancerIngress>
{
    [Field("ip", 1)]
    public string? Ip { get; set; }

    [Field("hostname", 2)]
    public string? Hostname { get; set; }

    [Field("ports", 4, ListType = "atomic")]
    public List<IngressPortStatus>? Ports { get; set; }
}
