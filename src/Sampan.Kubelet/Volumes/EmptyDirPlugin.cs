using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Volumes;

/// <summary>Scratch space that lives as long as the pod, on disk or in memory.</summary>
/// <param name="memory">What all pods of the node may have of its memory; no volume in memory is larger. Zero where nobody says.</param>
internal sealed class EmptyDirPlugin(PodPaths paths, ILinux linux, Func<long> memory) : IVolumePlugin
{
    private const UnixFileMode Everyone = (UnixFileMode)0b111_111_111;

    public string Name => "kubernetes.io/empty-dir";

    public bool IsReadOnly(Volume volume) => false;

    public bool Supports(Volume volume) => volume.EmptyDir is not null;

    public Task<string> SetUpAsync(Pod pod, Volume volume, CancellationToken cancellationToken)
    {
        var path = paths.Volume(pod.Metadata.Uid, Name, volume.Name);
        if (Directory.Exists(path) && (volume.EmptyDir!.Medium != "Memory" || linux.MountPoints(path).Contains(path)))
        {
            return Task.FromResult(path);
        }

        Directory.CreateDirectory(path);
        if (volume.EmptyDir!.Medium == "Memory")
        {
            linux.Mount("tmpfs", path, "tmpfs", MountFlags.None, Size(pod, volume.EmptyDir) is { } size ? $"size={size}" : null);
        }

        File.SetUnixFileMode(path, Everyone);
        Ownership.Apply(linux, path, pod.Spec.SecurityContext, readOnly: false);
        return Task.FromResult(path);
    }

    /// <summary>The smallest of the volume's limit, the pod's limit of memory and what the node has for pods.</summary>
    private long? Size(Pod pod, EmptyDirVolumeSource source)
    {
        long?[] limits = [source.SizeLimit?.AsLong(), PodResources.Limit(pod, PodResources.Memory)?.AsLong(), memory()];
        return limits.Where(limit => limit > 0).Min();
    }
}
