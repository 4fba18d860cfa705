using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Volumes.Persistent;

/// <summary>A persistent volume that is a path of the host, for clusters of one node.</summary>
internal sealed class HostPathVolume(HostPathPlugin plugin) : IPersistentVolumePlugin
{
    public bool Supports(PersistentVolume volume) => volume.Spec.HostPath is not null;

    public Task<string> SetUpAsync(Pod pod, PersistentVolume volume, CancellationToken cancellationToken) =>
        plugin.SetUpAsync(pod, new Volume { Name = volume.Metadata.Name, HostPath = volume.Spec.HostPath }, cancellationToken);
}
