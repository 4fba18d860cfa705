namespace Sampan.Api.Core.V1;

/// <summary>Nodes from which a persistent volume can be reached.</summary>
[ApiType("io.k8s.api.core.v1.VolumeNodeAffinity")]
public sealed partial class VolumeNodeAffinity : IApiType<VolumeNodeAffinity>
{
    /// <summary>What a node must fulfil to reach the volume.</summary>
    [Field("required", 1)]
    public NodeSelector? Required { get; set; }
}
