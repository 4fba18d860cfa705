namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.DownwardAPIVolumeSource")]
public sealed partial class DownwardAPIVolumeSource : IApiType<DownwardAPIVolumeSource>
{
    [Field("items", 1, ListType = "atomic")]
    public List<DownwardAPIVolumeFile>? Items { get; set; }

    [Field("defaultMode", 2)]
    public int? DefaultMode { get; set; }
}
