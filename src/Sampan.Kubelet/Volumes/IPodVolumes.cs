using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Volumes;

/// <summary>The volumes of pods, as pod workers see them.</summary>
internal interface IPodVolumes
{
    /// <summary>Mounts what is missing and refreshes what is there.</summary>
    /// <exception cref="VolumesNotReady">Which of them cannot be had, and why.</exception>
    Task<IReadOnlyDictionary<string, MountedVolume>> MountAsync(Pod pod, CancellationToken cancellationToken);

    /// <summary>Where a volume of a pod is; null while it is not mounted.</summary>
    string? PathOf(string podUid, string volume);

    /// <summary>How many there are of each kind, kinds in order.</summary>
    IReadOnlyList<VolumeCount> Count() => [];

    /// <summary>The path for a mount of part of a volume.</summary>
    string MountSubPath(Pod pod, string container, int index, MountedVolume volume, string subPath);

    /// <summary>The text of a file in a volume, whatever containers have put there: links do not lead out of it.</summary>
    /// <exception cref="IOException">It is missing (<see cref="FileNotFoundException"/>), no file, or too long.</exception>
    string ReadFile(MountedVolume volume, string path);

    /// <summary>Unmounts all volumes of a pod that runs no more; hosts' own directories stay as they are.</summary>
    /// <exception cref="VolumeFailure">What could not be unmounted.</exception>
    Task TearDownAsync(string podUid, CancellationToken cancellationToken);

    /// <summary>Tears down, and deletes all files of a pod.</summary>
    /// <exception cref="VolumeFailure">What could not be unmounted.</exception>
    Task RemoveAsync(string podUid, CancellationToken cancellationToken);

    /// <summary>Gives back what was left by pods that are long gone.</summary>
    Task CollectAsync(CancellationToken cancellationToken);
}
