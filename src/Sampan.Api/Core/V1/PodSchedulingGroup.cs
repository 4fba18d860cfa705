namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PodSchedulingGroup", Unions = "[{\"fields-to-discriminateBy\":{\"podGroupName\":\"PodGroupName\"}}]")]
public sealed partial class PodSchedulingGroup : IApiType<PodSchedulingGroup>
{
    [Field("podGroupName", 1, Pointer = true)]
    public string? PodGroupName { get; set; }
}
