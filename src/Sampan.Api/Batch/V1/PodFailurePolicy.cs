namespace Sampan.Api.Batch.V1;

[ApiType("io.k8s.api.batch.v1.PodFailurePolicy")]
public sealed partial class PodFailurePolicy : IApiType<PodFailurePolicy>
{
    [Field("rules", 1, Required = true, ListType = "atomic")]
    public List<PodFailurePolicyRule> Rules { get; set; } = [];
}
