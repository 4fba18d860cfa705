namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ProjectedVolumeSource")]
public sealed partial class ProjectedVolumeSource : IApiType<ProjectedVolumeSource>
{
    [Field("sources", 1, ListType = "atomic")]
    public List<VolumeProjection>? Sources { get; set; }

    [Field("defaultMode", 2)]
    public int? DefaultMode { get; set; }
}
