namespace Sampan.Api.Scheduling.V1Alpha2;

/// <summary>The ResourceClaim that stands behind a claim of a group.</summary>
[ApiType("io.k8s.api.scheduling.v1alpha2.PodGroupResourceClaimStatus")]
public sealed partial class PodGroupResourceClaimStatus : IApiType<PodGroupResourceClaimStatus>
{
    /// <summary>The claim's name within the group.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>The ResourceClaim that was made; absent when none was needed.</summary>
    [Field("resourceClaimName", 2, Pointer = true)]
    public string? ResourceClaimName { get; set; }
}
