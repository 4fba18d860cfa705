namespace Sampan.Api.Core.V1;

/// <summary>A GlusterFS volume mounted directly in a pod; no longer supported.</summary>
[ApiType("io.k8s.api.core.v1.GlusterfsVolumeSource")]
public sealed partial class GlusterfsVolumeSource : IApiType<GlusterfsVolumeSource>
{
    /// <summary>Endpoints object in the pod's namespace that lists the Gluster servers.</summary>
    [Field("endpoints", 1, Required = true)]
    public string Endpoints { get; set; } = "";

    /// <summary>Name of the volume at the Gluster servers.</summary>
    [Field("path", 2, Required = true)]
    public string Path { get; set; } = "";

    /// <summary>Makes every mount of the volume read-only.</summary>
    [Field("readOnly", 3)]
    public bool ReadOnly { get; set; }
}
