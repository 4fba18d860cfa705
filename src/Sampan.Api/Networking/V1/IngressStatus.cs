namespace Sampan.Api.Networking.V1;

/// <summary>What is known of an Ingress.</summary>
[ApiType("io.k8s.api.networking.v1.IngressStatus")]
public sealed partial class IngressStatus : IApiType<IngressStatus>
{
    /// <summary>The addresses at which it is reached.</summary>
    [Field("loadBalancer", 1)]
    public IngressLoadBalancerStatus LoadBalancer { get; set; } = new();
}
