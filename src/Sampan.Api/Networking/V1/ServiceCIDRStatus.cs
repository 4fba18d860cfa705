using Sampan.Api.Meta.V1;

namespace Sampan.Api.Networking.V1;

/// <summary>What is known of a range.</summary>
[ApiType("io.k8s.api.networking.v1.ServiceCIDRStatus")]
public sealed partial class ServiceCIDRStatus : IApiType<ServiceCIDRStatus>
{
    /// <summary>Findings about the range; Ready says whether addresses are given out of it.</summary>
    [Field("conditions", 1, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<Condition>? Conditions { get; set; }
}
