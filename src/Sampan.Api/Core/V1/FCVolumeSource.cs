namespace Sampan.Api.Core.V1;

/// <summary>A Fibre Channel disk, named either by target and LUN or by worldwide identifiers.</summary>
[ApiType("io.k8s.api.core.v1.FCVolumeSource")]
public sealed partial class FCVolumeSource : IApiType<FCVolumeSource>
{
    /// <summary>Worldwide names of the targets; go together with a LUN.</summary>
    [Field("targetWWNs", 1, ListType = "atomic")]
    public List<string>? TargetWWNs { get; set; }

    /// <summary>Logical unit number at the targets, 0 to 255.</summary>
    [Field("lun", 2)]
    public int? Lun { get; set; }

    /// <summary>Filesystem on the disk, such as ext4 or xfs; ext4 when absent.</summary>
    [Field("fsType", 3)]
    public string? FsType { get; set; }

    /// <summary>Makes every mount of the disk read-only.</summary>
    [Field("readOnly", 4)]
    public bool ReadOnly { get; set; }

    /// <summary>Worldwide identifiers of the disk; exclude targets and LUN.</summary>
    [Field("wwids", 5, ListType = "atomic")]
    public List<string>? Wwids { get; set; }
}
