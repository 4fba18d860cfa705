using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimTemplate")]
public sealed partial class PersistentVolumeClaimTemplate : IApiType<PersistentVolumeClaimTemplate>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    [Field("spec", 2, Required = true)]
    public PersistentVolumeClaimSpec Spec { get; set; } = new();
}
