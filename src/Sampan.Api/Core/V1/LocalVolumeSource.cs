namespace Sampan.Api.Core.V1;

/// <summary>A disk, partition or directory of one particular node; the persistent volume needs a node affinity.</summary>
[ApiType("io.k8s.api.core.v1.LocalVolumeSource")]
public sealed partial class LocalVolumeSource : IApiType<LocalVolumeSource>
{
    /// <summary>Place on the node: a directory, or a block device.</summary>
    [Field("path", 1, Required = true)]
    public string Path { get; set; } = "";

    /// <summary>Filesystem to put on a block device that has none; picked automatically when absent.</summary>
    [Field("fsType", 2, Pointer = true)]
    public string? FsType { get; set; }
}
