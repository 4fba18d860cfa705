namespace Sampan.Api.Core.V1;

/// <summary>How a volume is mounted in a running container.</summary>
[ApiType("io.k8s.api.core.v1.VolumeMountStatus")]
public sealed partial class VolumeMountStatus : IApiType<VolumeMountStatus>
{
    /// <summary>The mounted volume, as the container's mount calls it.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Where the volume appears in the container.</summary>
    [Field("mountPath", 2, Required = true)]
    public string MountPath { get; set; } = "";

    /// <summary>Whether the container can only read from the volume.</summary>
    [Field("readOnly", 3)]
    public bool ReadOnly { get; set; }

    /// <summary>Outcome of the wish for recursion: Disabled or Enabled, never IfPossible; absent if the mount is writable.</summary>
    [Field("recursiveReadOnly", 4, Pointer = true)]
    public string? RecursiveReadOnly { get; set; }

    /// <summary>Details that depend on the type of volume.</summary>
    [Field("volumeStatus", 5)]
    public VolumeStatus? VolumeStatus { get; set; }
}
