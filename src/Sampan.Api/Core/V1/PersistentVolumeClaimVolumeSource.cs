namespace Sampan.Api.Core.V1;

/// <summary>Uses the volume bound to a claim in the pod's namespace.</summary>
[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimVolumeSource")]
public sealed partial class PersistentVolumeClaimVolumeSource : IApiType<PersistentVolumeClaimVolumeSource>
{
    /// <summary>Claim to use; the pod waits until it is bound.</summary>
    [Field("claimName", 1, Required = true)]
    public string ClaimName { get; set; } = "";

    /// <summary>Makes every mount of the volume in the pod read-only.</summary>
    [Field("readOnly", 2)]
    public bool ReadOnly { get; set; }
}
