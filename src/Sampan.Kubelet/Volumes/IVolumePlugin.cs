using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Volumes;

/// <summary>One kind of volume.</summary>
internal interface IVolumePlugin
{
    /// <summary>As directories and messages name it: <c>kubernetes.io/empty-dir</c>.</summary>
    string Name { get; }

    bool Supports(Volume volume);

    /// <summary>What containers get cannot be written, whatever the mount says.</summary>
    bool IsReadOnly(Volume volume);

    /// <summary>Makes the volume's content present, or current, and returns its path on the host. Called again to refresh it.</summary>
    /// <exception cref="VolumeFailure">Why it cannot be had.</exception>
    Task<string> SetUpAsync(Pod pod, Volume volume, CancellationToken cancellationToken);

    /// <summary>What kind of volume it is in the end: that of a claim's, with the driver's name for CSI; null while nobody knows.</summary>
    string? KindOf(string podUid, Volume volume) => Name;

    /// <summary>The group that owns a volume that is set up, by its own word; null for none.</summary>
    long? GroupOf(string podUid, string volume) => null;

    /// <summary>Gives back what a pod holds beyond mounts and files below its directory, told by what lies there alone.</summary>
    /// <exception cref="VolumeFailure">What could not be given back; it is tried again.</exception>
    Task TearDownAsync(string podUid, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Gives back what no pod holds any more.</summary>
    Task CollectAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
