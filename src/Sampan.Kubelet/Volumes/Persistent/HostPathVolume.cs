using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Volumes.Persistent;

/// <summary>A persistent volume that is a path of the host, for clusters of one node.</summary>
internal sealed class HostPathVolume(HostPathPlugin plugin) : IPersistentVolumePlugin
{
    public bool Supports(PersistentVolume volume) => volume.Spec.HostPath is not null;

    public string KindOf(PersistentVolume volume) => plugin.Name;

    public Task<string> SetUpAsync(Pod pod, ClaimedVolume claimed, CancellationToken cancellationToken) =>
        plugin.SetUpAsync(pod, new Volume { Name = claimed.Volume.Metadata.Name, HostPath = claimed.Volume.Spec.HostPath }, cancellationToken);
}
