namespace Sampan.Api.Scheduling.V1Alpha2;

/// <summary>A claim that all pods of a group share.</summary>
[ApiType("io.k8s.api.scheduling.v1alpha2.PodGroupResourceClaim")]
public sealed partial class PodGroupResourceClaim : IApiType<PodGroupResourceClaim>
{
    /// <summary>The claim's name within the group.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>An existing ResourceClaim of the namespace; not together with a template.</summary>
    [Field("resourceClaimName", 2, Pointer = true)]
    public string? ResourceClaimName { get; set; }

    /// <summary>A ResourceClaimTemplate from which a claim is made for the group; not together with an existing claim.</summary>
    [Field("resourceClaimTemplateName", 3, Pointer = true)]
    public string? ResourceClaimTemplateName { get; set; }
}
