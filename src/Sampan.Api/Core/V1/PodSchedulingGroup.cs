namespace Sampan.Api.Core.V1;

/// <summary>The group of pods together with which a pod is scheduled.</summary>
[ApiType("io.k8s.api.core.v1.PodSchedulingGroup", Unions = "[{\"fields-to-discriminateBy\":{\"podGroupName\":\"PodGroupName\"}}]")]
public sealed partial class PodSchedulingGroup : IApiType<PodSchedulingGroup>
{
    /// <summary>PodGroup in the pod's namespace that the pod belongs to.</summary>
    [Field("podGroupName", 1, Pointer = true)]
    public string? PodGroupName { get; set; }
}
