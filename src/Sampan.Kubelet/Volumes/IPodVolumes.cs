using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Volumes;

/// <summary>The volumes of pods, as pod workers see them.</summary>
internal interface IPodVolumes
{
    /// <summary>Mounts what is missing and refreshes what is there.</summary>
    /// <exception cref="VolumeFailure">Why one of them cannot be had.</exception>
    Task<IReadOnlyDictionary<string, MountedVolume>> MountAsync(Pod pod, CancellationToken cancellationToken);

    /// <summary>The path for a mount of part of a volume.</summary>
    string MountSubPath(Pod pod, string container, int index, MountedVolume volume, string subPath);

    /// <summary>Unmounts and deletes all files of a pod; hosts' own directories stay as they are.</summary>
    void Remove(string podUid);
}
