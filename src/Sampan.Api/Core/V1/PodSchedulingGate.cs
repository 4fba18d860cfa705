namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PodSchedulingGate")]
public sealed partial class PodSchedulingGate : IApiType<PodSchedulingGate>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";
}
