namespace Sampan.Api.Batch.V1;

[ApiType("io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern")]
public sealed partial class PodFailurePolicyOnPodConditionsPattern : IApiType<PodFailurePolicyOnPodConditionsPattern>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    [Field("status", 2, Always = true, Default = "")]
    public string Status { get; set; } = "";
}
