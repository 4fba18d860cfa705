using Sampan.Api.Core.V1;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Volumes.Persistent;

/// <summary>A persistent volume that is a directory, or a block device, of this very node.</summary>
internal sealed class LocalVolume(ILinux linux, PodPaths paths) : IPersistentVolumePlugin
{
    private const string Block = "Block";

    public bool Supports(PersistentVolume volume) => volume.Spec.Local is not null;

    /// <summary>On a thread of its own: a file system that does not answer holds whoever looks at it.</summary>
    public Task<string> SetUpAsync(Pod pod, ClaimedVolume claimed, CancellationToken cancellationToken) =>
        Task.Run(() => SetUp(pod, claimed), cancellationToken);

    private string SetUp(Pod pod, ClaimedVolume claimed)
    {
        var volume = claimed.Volume;
        var path = volume.Spec.Local!.Path;
        switch (linux.KindOf(path))
        {
            case FileKind.None:
                throw new VolumeFailure($"path \"{path}\" does not exist") { Operation = "MountVolume.NewMounter initialization" };
            case FileKind.Directory when volume.Spec.VolumeMode != Block:
                if (!claimed.IsReadOnly)
                {
                    GiveToGroup(pod, volume.Metadata.Name, path);
                }

                return path;
            case FileKind.BlockDevice when volume.Spec.VolumeMode == Block:
                return path;
            case var kind:
                throw new VolumeFailure($"local volume path \"{path}\" is a {kind}, which does not fit volume mode {volume.Spec.VolumeMode ?? "Filesystem"}");
        }
    }

    /// <summary>Once for each pod, before it starts: what it makes of its files later is its own. Its directory of the volume remembers that.</summary>
    private void GiveToGroup(Pod pod, string volume, string path)
    {
        var given = paths.Volume(pod.Metadata.Uid, "kubernetes.io/local-volume", volume);
        if (pod.Spec.SecurityContext?.FsGroup is not null && !Directory.Exists(given))
        {
            Ownership.Apply(linux, path, pod.Spec.SecurityContext, readOnly: false);
            Directory.CreateDirectory(given);
        }
    }
}
