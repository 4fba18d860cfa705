namespace Sampan.Kubelet.Volumes;

/// <summary>A volume that is ready on the host.</summary>
internal sealed record MountedVolume(string Name, string HostPath, bool IsReadOnly);
