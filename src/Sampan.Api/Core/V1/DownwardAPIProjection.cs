namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.DownwardAPIProjection")]
public sealed partial class DownwardAPIProjection : IApiType<DownwardAPIProjection>
{
    [Field("items", 1, ListType = "atomic")]
    public List<DownwardAPIVolumeFile>? Items { get; set; }
}
