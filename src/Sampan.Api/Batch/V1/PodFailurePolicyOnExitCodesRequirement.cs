namespace Sampan.Api.Batch.V1;

[ApiType("io.k8s.api.batch.v1.PodFailurePolicyOnExitCodesRequirement")]
public sealed partial class PodFailurePolicyOnExitCodesRequirement : IApiType<PodFailurePolicyOnExitCodesRequirement>
{
    [Field("containerName", 1, Pointer = true)]
    public string? ContainerName { get; set; }

    [Field("operator", 2, Required = true)]
    public string Operator { get; set; } = "";

    [Field("values", 3, Required = true, ListType = "set")]
    public List<int> Values { get; set; } = [];
}
