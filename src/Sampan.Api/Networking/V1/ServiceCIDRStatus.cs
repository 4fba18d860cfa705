using Sampan.Api.Meta.V1;

namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.ServiceCIDRStatus")]
public sealed partial class ServiceCIDRStatus : IApiType<ServiceCIDRStatus>
{
    [Field("conditions", 1, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<Condition>? Conditions { get; set; }
}
