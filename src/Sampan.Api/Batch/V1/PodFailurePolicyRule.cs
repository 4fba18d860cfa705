namespace Sampan.Api.Batch.V1;

[ApiType("io.k8s.api.batch.v1.PodFailurePolicyRule")]
public sealed partial class PodFailurePolicyRule : IApiType<PodFailurePolicyRule>
{
    [Field("action", 1, Required = true)]
    public string Action { get; set; } = "";

    [Field("onExitCodes", 2)]
    public PodFailurePolicyOnExitCodesRequirement? OnExitCodes { get; set; }

    [Field("onPodConditions", 3, ListType = "atomic")]
    public List<PodFailurePolicyOnPodConditionsPattern>? OnPodConditions { get; set; }
}
