using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>State of a Service, as far as load balancers are concerned.</summary>
[ApiType("io.k8s.api.core.v1.ServiceStatus")]
public sealed partial class ServiceStatus : IApiType<ServiceStatus>
{
    /// <summary>Where the load balancer takes traffic, if the Service has one.</summary>
    [Field("loadBalancer", 1)]
    public LoadBalancerStatus LoadBalancer { get; set; } = new();

    /// <summary>Observations about the Service, made by whoever implements it.</summary>
    [Field("conditions", 2, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<Condition>? Conditions { get; set; }
}
