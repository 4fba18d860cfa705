namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.FCVolumeSource")]
public sealed partial class FCVolumeSource : IApiType<FCVolumeSource>
{
    [Field("targetWWNs", 1, ListType = "atomic")]
    public List<string>? TargetWWNs { get; set; }

    [Field("lun", 2)]
    public int? Lun { get; set; }

    [Field("fsType", 3)]
    public string? FsType { get; set; }

    [Field("readOnly", 4)]
    public bool ReadOnly { get; set; }

    [Field("wwids", 5, ListType = "atomic")]
    public List<string>? Wwids { get; set; }
}
