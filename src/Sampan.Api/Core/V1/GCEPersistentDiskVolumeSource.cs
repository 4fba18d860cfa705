namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.GCEPersistentDiskVolumeSource")]
public sealed partial class GCEPersistentDiskVolumeSource : IApiType<GCEPersistentDiskVolumeSource>
{
    [Field("pdName", 1, Required = true)]
    public string PdName { get; set; } = "";

    [Field("fsType", 2)]
    public string? FsType { get; set; }

    [Field("partition", 3)]
    public int Partition { get; set; }

    [Field("readOnly", 4)]
    public bool ReadOnly { get; set; }
}
