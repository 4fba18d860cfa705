namespace Sampan.Api.Core.V1;

/// <summary>A ResourceClaim that a pod uses; names exactly one claim or template.</summary>
[ApiType("io.k8s.api.core.v1.PodResourceClaim")]
public sealed partial class PodResourceClaim : IApiType<PodResourceClaim>
{
    /// <summary>Name by which the pod's containers refer to the claim; unique in the pod.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Existing ResourceClaim in the pod's namespace; excludes a template.</summary>
    [Field("resourceClaimName", 3, Pointer = true)]
    public string? ResourceClaimName { get; set; }

    /// <summary>Template of a ResourceClaim made for the pod and deleted with it; excludes an existing claim.</summary>
    [Field("resourceClaimTemplateName", 4, Pointer = true)]
    public string? ResourceClaimTemplateName { get; set; }
}
