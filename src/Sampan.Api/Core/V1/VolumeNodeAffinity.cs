namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.VolumeNodeAffinity")]
public sealed partial class VolumeNodeAffinity : IApiType<VolumeNodeAffinity>
{
    [Field("required", 1)]
    public NodeSelector? Required { get; set; }
}
