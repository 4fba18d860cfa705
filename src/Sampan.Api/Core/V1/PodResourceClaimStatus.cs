namespace Sampan.Api.Core.V1;

/// <summary>Which ResourceClaim was made for an entry of a pod's resource claims.</summary>
[ApiType("io.k8s.api.core.v1.PodResourceClaimStatus")]
public sealed partial class PodResourceClaimStatus : IApiType<PodResourceClaimStatus>
{
    /// <summary>Entry of the pod's resource claims that this is about.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>ResourceClaim made from the template; absent if none had to be made.</summary>
    [Field("resourceClaimName", 2, Pointer = true)]
    public string? ResourceClaimName { get; set; }
}
