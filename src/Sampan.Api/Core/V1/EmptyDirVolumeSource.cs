namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.EmptyDirVolumeSource")]
public sealed partial class EmptyDirVolumeSource : IApiType<EmptyDirVolumeSource>
{
    [Field("medium", 1)]
    public string? Medium { get; set; }

    [Field("sizeLimit", 2)]
    public Quantity? SizeLimit { get; set; }
}
