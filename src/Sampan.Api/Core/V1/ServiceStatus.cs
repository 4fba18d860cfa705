using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ServiceStatus")]
public sealed partial class ServiceStatus : IApiType<ServiceStatus>
{
    [Field("loadBalancer", 1)]
    public LoadBalancerStatus LoadBalancer { get; set; } = new();

    [Field("conditions", 2, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<Condition>? Conditions { get; set; }
}
