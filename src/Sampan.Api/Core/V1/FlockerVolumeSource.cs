namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.FlockerVolumeSource")]
public sealed partial class FlockerVolumeSource : IApiType<FlockerVolumeSource>
{
    [Field("datasetName", 1)]
    public string? DatasetName { get; set; }

    [Field("datasetUUID", 2)]
    public string? DatasetUUID { get; set; }
}
