namespace Sampan.Api.Core.V1;

/// <summary>An address at which a load balancer takes traffic.</summary>
[ApiType("io.k8s.api.core.v1.LoadBalancerIngress")]
public sealed partial class LoadBalancerIngress : IApiType<LoadBalancerIngress>
{
    /// <summary>Address of the load balancer, if it is known by address.</summary>
    [Field("ip", 1)]
    public string? Ip { get; set; }

    /// <summary>DNS name of the load balancer, if it is known by name.</summary>
    [Field("hostname", 2)]
    public string? Hostname { get; set; }

    /// <summary>
    /// VIP if packets arrive with the balancer's address as destination, Proxy if with the node's or pod's; VIP by default.
    /// </summary>
    [Field("ipMode", 3, Pointer = true)]
    public string? IpMode { get; set; }

    /// <summary>State of the Service's ports at this load balancer.</summary>
    [Field("ports", 4, ListType = "atomic")]
    public List<PortStatus>? Ports { get; set; }
}
