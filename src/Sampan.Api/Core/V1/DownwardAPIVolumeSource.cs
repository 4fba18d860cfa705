namespace Sampan.Api.Core.V1;

/// <summary>A volume with facts about the pod and its containers as files.</summary>
[ApiType("io.k8s.api.core.v1.DownwardAPIVolumeSource")]
public sealed partial class DownwardAPIVolumeSource : IApiType<DownwardAPIVolumeSource>
{
    /// <summary>The files, each with the field of the pod that it shows.</summary>
    [Field("items", 1, ListType = "atomic")]
    public List<DownwardAPIVolumeFile>? Items { get; set; }

    /// <summary>Permission bits of files that set none, 0 to 0777 octal (511 decimal); 0644 by default.</summary>
    [Field("defaultMode", 2)]
    public int? DefaultMode { get; set; }
}
