using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>Pattern of the claim made for an ephemeral volume.</summary>
[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimTemplate")]
public sealed partial class PersistentVolumeClaimTemplate : IApiType<PersistentVolumeClaimTemplate>
{
    /// <summary>Labels and annotations for the claim; nothing else is permitted.</summary>
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Storage to ask for; copied unchanged into the claim.</summary>
    [Field("spec", 2, Required = true)]
    public PersistentVolumeClaimSpec Spec { get; set; } = new();
}
