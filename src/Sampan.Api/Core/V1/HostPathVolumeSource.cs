namespace Sampan.Api.Core.V1;

/// <summary>A file or directory of the node, which gives the pod access to the node's own filesystem.</summary>
[ApiType("io.k8s.api.core.v1.HostPathVolumeSource")]
public sealed partial class HostPathVolumeSource : IApiType<HostPathVolumeSource>
{
    /// <summary>Place in the node's filesystem; a symbolic link is followed.</summary>
    [Field("path", 1, Required = true)]
    public string Path { get; set; } = "";

    /// <summary>
    /// What must be there: Directory, File, Socket, CharDevice or BlockDevice; DirectoryOrCreate and FileOrCreate make it. Empty skips
    /// the check.
    /// </summary>
    [Field("type", 2, Pointer = true)]
    public string? Type { get; set; }
}
