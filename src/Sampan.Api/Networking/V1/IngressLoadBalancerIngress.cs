namespace Sampan.Api.Networking.V1;

/// <summary>One address at which an Ingress is reached.</summary>
[ApiType("io.k8s.api.networking.v1.IngressLoadBalancerIngress")]
public sealed partial class IngressLoadBalancerIngress : IApiType<IngressLoadBalancerIngress>
{
    /// <summary>The IP address, where the load balancer has one.</summary>
    [Field("ip", 1)]
    public string? Ip { get; set; }

    /// <summary>The host name, where the load balancer has one.</summary>
    [Field("hostname", 2)]
    public string? Hostname { get; set; }

    /// <summary>The ports that it serves.</summary>
    [Field("ports", 4, ListType = "atomic")]
    public List<IngressPortStatus>? Ports { get; set; }
}
