namespace Sampan.Kubelet.Volumes;

/// <summary>A volume that is ready on the host.</summary>
internal sealed record MountedVolume(string Name, string HostPath, bool IsReadOnly)
{
    /// <summary>Whoever uses the volume has to be in this group; null for none.</summary>
    public long? Group { get; init; }
}
