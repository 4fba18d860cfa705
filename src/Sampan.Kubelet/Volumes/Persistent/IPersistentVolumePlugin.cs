using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Volumes.Persistent;

/// <summary>One kind of persistent volume.</summary>
internal interface IPersistentVolumePlugin
{
    bool Supports(PersistentVolume volume);

    /// <summary>Whether pods can have it as a device.</summary>
    bool SupportsBlock => false;

    /// <summary>As metrics name it, with the driver's name for CSI.</summary>
    string KindOf(PersistentVolume volume);

    /// <summary>Makes the volume's content present and returns its path on the host: a directory, or a device for mode Block.</summary>
    /// <exception cref="VolumeFailure">Why it cannot be had.</exception>
    Task<string> SetUpAsync(Pod pod, ClaimedVolume claimed, CancellationToken cancellationToken);

    /// <summary>A pod has given back its volumes.</summary>
    void Forget(string podUid)
    {
    }

    /// <summary>Gives back what it holds for all pods of the node, once none of them has the volume any more.</summary>
    Task ReleaseUnusedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
