namespace Sampan.Api.Core.V1;

/// <summary>A directory exported by an NFS server.</summary>
[ApiType("io.k8s.api.core.v1.NFSVolumeSource")]
public sealed partial class NFSVolumeSource : IApiType<NFSVolumeSource>
{
    /// <summary>Host name or address of the NFS server.</summary>
    [Field("server", 1, Required = true)]
    public string Server { get; set; } = "";

    /// <summary>Absolute path that the server exports.</summary>
    [Field("path", 2, Required = true)]
    public string Path { get; set; } = "";

    /// <summary>Whether the export is mounted read-only.</summary>
    [Field("readOnly", 3)]
    public bool ReadOnly { get; set; }
}
