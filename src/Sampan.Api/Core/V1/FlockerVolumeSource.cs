namespace Sampan.Api.Core.V1;

/// <summary>A dataset of the discontinued Flocker service; no longer supported.</summary>
[ApiType("io.k8s.api.core.v1.FlockerVolumeSource")]
public sealed partial class FlockerVolumeSource : IApiType<FlockerVolumeSource>
{
    /// <summary>Name of the dataset as its metadata has it; deprecated, give the UUID instead.</summary>
    [Field("datasetName", 1)]
    public string? DatasetName { get; set; }

    /// <summary>Unique identifier of the dataset.</summary>
    [Field("datasetUUID", 2)]
    public string? DatasetUUID { get; set; }
}
