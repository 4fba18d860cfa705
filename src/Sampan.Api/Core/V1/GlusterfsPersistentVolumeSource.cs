namespace Sampan.Api.Core.V1;

/// <summary>A GlusterFS volume behind a persistent volume; no longer supported.</summary>
[ApiType("io.k8s.api.core.v1.GlusterfsPersistentVolumeSource")]
public sealed partial class GlusterfsPersistentVolumeSource : IApiType<GlusterfsPersistentVolumeSource>
{
    /// <summary>Endpoints object that lists the Gluster servers.</summary>
    [Field("endpoints", 1, Required = true)]
    public string Endpoints { get; set; } = "";

    /// <summary>Name of the volume at the Gluster servers.</summary>
    [Field("path", 2, Required = true)]
    public string Path { get; set; } = "";

    /// <summary>Makes every mount of the volume read-only.</summary>
    [Field("readOnly", 3)]
    public bool ReadOnly { get; set; }

    /// <summary>Namespace of the Endpoints object; that of the claim when absent.</summary>
    [Field("endpointsNamespace", 4, Pointer = true)]
    public string? EndpointsNamespace { get; set; }
}
