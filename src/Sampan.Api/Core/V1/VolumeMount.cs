namespace Sampan.Api.Core.V1;

/// <summary>Where a container sees a volume.</summary>
[ApiType("io.k8s.api.core.v1.VolumeMount")]
public sealed partial class VolumeMount : IApiType<VolumeMount>
{
    /// <summary>Volume of the pod to mount.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Whether the container can only read from the volume; false by default.</summary>
    [Field("readOnly", 2)]
    public bool ReadOnly { get; set; }

    /// <summary>
    /// Whether read-only extends to mounts below: Disabled (the default), IfPossible or Enabled (the container fails if impossible).
    /// </summary>
    [Field("recursiveReadOnly", 7, Pointer = true)]
    public string? RecursiveReadOnly { get; set; }

    /// <summary>Where the volume appears in the container; must not contain a colon.</summary>
    [Field("mountPath", 3, Required = true)]
    public string MountPath { get; set; } = "";

    /// <summary>File or directory of the volume to mount rather than its root; relative, without .. elements.</summary>
    [Field("subPath", 4)]
    public string? SubPath { get; set; }

    /// <summary>
    /// Whether later mounts pass through: None (the default), HostToContainer, or Bidirectional for privileged containers.
    /// </summary>
    [Field("mountPropagation", 5, Pointer = true)]
    public string? MountPropagation { get; set; }

    /// <summary>Like subPath, but with $(VAR) replaced by the container's environment variables; excludes it.</summary>
    [Field("subPathExpr", 6)]
    public string? SubPathExpr { get; set; }
}
