namespace Sampan.Api.Core.V1;

/// <summary>A volume that gathers files from several sources in one directory.</summary>
[ApiType("io.k8s.api.core.v1.ProjectedVolumeSource")]
public sealed partial class ProjectedVolumeSource : IApiType<ProjectedVolumeSource>
{
    /// <summary>What to put in the volume; paths must not collide.</summary>
    [Field("sources", 1, ListType = "atomic")]
    public List<VolumeProjection>? Sources { get; set; }

    /// <summary>Permission bits of files that set none, 0 to 0777 octal (511 decimal); 0644 by default.</summary>
    [Field("defaultMode", 2)]
    public int? DefaultMode { get; set; }
}
