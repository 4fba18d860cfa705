namespace Sampan.Api.Core.V1;

/// <summary>An Amazon EBS disk; deprecated, the driver ebs.csi.aws.com does the work.</summary>
[ApiType("io.k8s.api.core.v1.AWSElasticBlockStoreVolumeSource")]
public sealed partial class AWSElasticBlockStoreVolumeSource : IApiType<AWSElasticBlockStoreVolumeSource>
{
    /// <summary>Identifier that AWS gave the disk, such as vol-0123456789abcdef0.</summary>
    [Field("volumeID", 1, Required = true)]
    public string VolumeID { get; set; } = "";

    /// <summary>Filesystem on the disk, such as ext4 or xfs; ext4 when absent.</summary>
    [Field("fsType", 2)]
    public string? FsType { get; set; }

    /// <summary>Number of the partition to mount; 0 mounts the whole disk.</summary>
    [Field("partition", 3)]
    public int Partition { get; set; }

    /// <summary>Whether the disk is mounted read-only wherever the volume is used.</summary>
    [Field("readOnly", 4)]
    public bool ReadOnly { get; set; }
}
