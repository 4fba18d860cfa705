using Sampan.Api.Core.V1;
using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Volumes.Persistent;

/// <summary>A persistent volume that is a directory, or a block device, of this very node.</summary>
internal sealed class LocalVolume(ILinux linux) : IPersistentVolumePlugin
{
    private const string Block = "Block";

    public bool Supports(PersistentVolume volume) => volume.Spec.Local is not null;

    public Task<string> SetUpAsync(Pod pod, ClaimedVolume claimed, CancellationToken cancellationToken)
    {
        var volume = claimed.Volume;
        var path = volume.Spec.Local!.Path;
        switch (linux.KindOf(path))
        {
            case FileKind.None:
                throw new VolumeFailure($"path \"{path}\" does not exist");
            case FileKind.Directory when volume.Spec.VolumeMode != Block:
                if (!claimed.IsReadOnly)
                {
                    Ownership.Apply(linux, path, pod.Spec.SecurityContext, readOnly: false);
                }

                return Task.FromResult(path);
            case FileKind.BlockDevice when volume.Spec.VolumeMode == Block:
                return Task.FromResult(path);
            case var kind:
                throw new VolumeFailure($"local volume path \"{path}\" is a {kind}, which does not fit volume mode {volume.Spec.VolumeMode ?? "Filesystem"}");
        }
    }
}
