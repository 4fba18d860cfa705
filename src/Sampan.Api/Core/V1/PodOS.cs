namespace Sampan.Api.Core.V1;

/// <summary>Operating system that a pod needs.</summary>
[ApiType("io.k8s.api.core.v1.PodOS")]
public sealed partial class PodOS : IApiType<PodOS>
{
    /// <summary>Operating system of the containers: linux or windows.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";
}
