namespace Sampan.Api.ApiRegistration.V1;

[ApiType("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceStatus")]
public sealed partial class APIServiceStatus : IApiType<APIServiceStatus>
{
    [Field("conditions", 1, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<APIServiceCondition>? Conditions { get; set; }
}
