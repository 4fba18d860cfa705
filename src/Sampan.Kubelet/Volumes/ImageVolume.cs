namespace Sampan.Kubelet.Volumes;

/// <summary>The image of an image volume, and where it is mounted; null where the runtime mounts it into each container.</summary>
internal sealed record ImageVolume(string Image, string? HostPath);
