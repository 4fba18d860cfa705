namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.AzureDiskVolumeSource")]
public sealed partial class AzureDiskVolumeSource : IApiType<AzureDiskVolumeSource>
{
    [Field("diskName", 1, Required = true)]
    public string DiskName { get; set; } = "";

    [Field("diskURI", 2, Required = true)]
    public string DiskURI { get; set; } = "";

    [Field("cachingMode", 3, Pointer = true, Default = "ReadWrite")]
    public string? CachingMode { get; set; }

    [Field("fsType", 4, Pointer = true, Default = "ext4")]
    public string? FsType { get; set; }

    [Field("readOnly", 5, Default = "false")]
    public bool? ReadOnly { get; set; }

    [Field("kind", 6, Pointer = true, Default = "Shared")]
    public string? Kind { get; set; }
}
