namespace Sampan.Api.ApiRegistration.V1;

/// <summary>What the aggregator knows about an extension server.</summary>
[ApiType("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceStatus")]
public sealed partial class APIServiceStatus : IApiType<APIServiceStatus>
{
    /// <summary>Aspects of the state, at most one entry per type.</summary>
    [Field("conditions", 1, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<APIServiceCondition>? Conditions { get; set; }
}
