namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.AWSElasticBlockStoreVolumeSource")]
public sealed partial class AWSElasticBlockStoreVolumeSource : IApiType<AWSElasticBlockStoreVolumeSource>
{
    [Field("volumeID", 1, Required = true)]
    public string VolumeID { get; set; } = "";

    [Field("fsType", 2)]
    public string? FsType { get; set; }

    [Field("partition", 3)]
    public int Partition { get; set; }

    [Field("readOnly", 4)]
    public bool ReadOnly { get; set; }
}
