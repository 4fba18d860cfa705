namespace Sampan.Api.Storage.V1;

/// <summary>How many volumes a node takes.</summary>
[ApiType("io.k8s.api.storage.v1.VolumeNodeResources")]
public sealed partial class VolumeNodeResources : IApiType<VolumeNodeResources>
{
    /// <summary>How many volumes of the driver may be on the node at once; unlimited when absent.</summary>
    [Field("count", 1)]
    public int? Count { get; set; }
}
