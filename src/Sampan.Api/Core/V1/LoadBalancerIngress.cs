namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.LoadBalancerIngress")]
public sealed partial class LoadBalancerIngress : IApiType<LoadBalancerIngress>
{
    [Field("ip", 1)]
    public string? Ip { get; set; }

    [Field("hostname", 2)]
    public string? Hostname { get; set; }

    [Field("ipMode", 3, Pointer = true)]
    public string? IpMode { get; set; }

    [Field("ports", 4, ListType = "atomic")]
    public List<PortStatus>? Ports { get; set; }
}
