namespace Sampan.Api.Storage.V1;

[ApiType("io.k8s.api.storage.v1.VolumeNodeResources")]
public sealed partial class VolumeNodeResources : IApiType<VolumeNodeResources>
{
    [Field("count", 1)]
    public int? Count { get; set; }
}
