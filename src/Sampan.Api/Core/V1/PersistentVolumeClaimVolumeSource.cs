namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimVolumeSource")]
public sealed partial class PersistentVolumeClaimVolumeSource : IApiType<PersistentVolumeClaimVolumeSource>
{
    [Field("claimName", 1, Required = true)]
    public string ClaimName { get; set; } = "";

    [Field("readOnly", 2)]
    public bool ReadOnly { get; set; }
}
