namespace Sampan.Api.Batch.V1;

[ApiType("io.k8s.api.batch.v1.SuccessPolicy")]
public sealed partial class SuccessPolicy : IApiType<SuccessPolicy>
{
    [Field("rules", 1, Required = true, ListType = "atomic")]
    public List<SuccessPolicyRule> Rules { get; set; } = [];
}
