using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Volumes.Persistent;

/// <summary>
/// A persistent volume that is a directory of this very node, a block device, or the file system on one. That is mounted once, and bound
/// into the directory of each pod that has it; these directories tell whether somebody has the volume.
/// <code>
/// root/plugins/kubernetes.io/local-volume/mounts/PV     the device's file system
///     /pods/UID/volumes/kubernetes.io~local-volume/PV   the same for a pod; empty where the volume is a directory
/// </code>
/// </summary>
/// <param name="paths">Pods' directories.</param>
/// <param name="mounts">Where file systems of devices are mounted.</param>
/// <param name="formatter">Mounts them.</param>
/// <param name="grower">Makes them as large as their devices.</param>
/// <param name="expansion">Tells claims how large their volumes are.</param>
/// <param name="linux">Binds, and gives to groups.</param>
/// <param name="events">Told of groups that do not agree.</param>
internal sealed class LocalVolume(PodPaths paths, string mounts, DeviceFormatter formatter, DeviceGrower grower, NodeExpansion expansion, ILinux linux, IPodEvents events) : IPersistentVolumePlugin
{
    public const string Name = "kubernetes.io/local-volume";
    private const string Block = "Block";
    private const UnixFileMode OwnerAndGroup = (UnixFileMode)0b111_101_000;
    private readonly KeyedLock _locks = new();

    public bool SupportsBlock => true;

    public bool Supports(PersistentVolume volume) => volume.Spec.Local is not null;

    public string KindOf(PersistentVolume volume) => Name;

    public async Task<string> SetUpAsync(Pod pod, ClaimedVolume claimed, CancellationToken cancellationToken)
    {
        var path = claimed.Volume.Spec.Local!.Path;
        var isDevice = await IsDeviceAsync(claimed.Volume, cancellationToken);
        var isMounted = isDevice && claimed.Volume.Spec.VolumeMode != Block;
        var content = isDevice && !isMounted ? path : await BindAsync(pod, claimed, isMounted, cancellationToken);
        Func<Task> grow = isMounted ? () => grower.GrowAsync(path, MountOf(claimed), cancellationToken) : () => Task.CompletedTask;
        await expansion.ExpandAsync(pod, claimed, () => Task.FromResult(true), _ => grow(), cancellationToken);
        return content;
    }

    public void Forget(string podUid) => expansion.Forget(podUid);

    public async Task ReleaseUnusedAsync(CancellationToken cancellationToken)
    {
        foreach (var mounted in Directory.Exists(mounts) ? Directory.GetDirectories(mounts) : [])
        {
            var name = Path.GetFileName(mounted);
            using (await _locks.EnterAsync(name, cancellationToken))
            {
                if (!IsHeld(name, besides: ""))
                {
                    linux.Unmount(mounted);
                    Directory.Delete(mounted);
                }
            }
        }
    }

    private string MountOf(ClaimedVolume claimed) => Path.Combine(mounts, claimed.Volume.Metadata.Name);

    /// <returns>What the pod gets: its own view of the device's file system, or the directory.</returns>
    private async Task<string> BindAsync(Pod pod, ClaimedVolume claimed, bool isDevice, CancellationToken cancellationToken)
    {
        var path = claimed.Volume.Spec.Local!.Path;
        var name = claimed.Volume.Metadata.Name;
        var own = paths.Volume(pod.Metadata.Uid, Name, name);
        using (await _locks.EnterAsync(name, cancellationToken))
        {
            if (!(isDevice ? linux.IsMountPoint(own) : Directory.Exists(own)))
            {
                var content = isDevice ? await MountAsync(claimed, cancellationToken) : path;
                await GiveToGroupAsync(pod, claimed, content, cancellationToken);
                Directory.CreateDirectory(own);
                if (isDevice)
                {
                    linux.Mount(content, own, "", MountFlags.Bind, null);
                }
            }
        }

        return isDevice ? own : path;
    }

    /// <summary>On a thread of its own: a file system that does not answer holds whoever looks at it.</summary>
    private async Task<bool> IsDeviceAsync(PersistentVolume volume, CancellationToken cancellationToken)
    {
        var path = volume.Spec.Local!.Path;
        return await Task.Run(() => linux.KindOf(path), cancellationToken) switch
        {
            FileKind.None => throw new VolumeFailure($"path \"{path}\" does not exist") { Operation = "MountVolume.NewMounter initialization" },
            FileKind.BlockDevice => true,
            FileKind.Directory when volume.Spec.VolumeMode != Block => false,
            var kind => throw new VolumeFailure($"local volume path \"{path}\" is a {kind}, which does not fit volume mode {volume.Spec.VolumeMode ?? "Filesystem"}"),
        };
    }

    /// <returns>Where the device's file system is mounted for all pods.</returns>
    private async Task<string> MountAsync(ClaimedVolume claimed, CancellationToken cancellationToken)
    {
        var (spec, mounted) = (claimed.Volume.Spec, MountOf(claimed));
        if (linux.IsMountPoint(mounted))
        {
            return mounted;
        }

        Directory.CreateDirectory(mounted, OwnerAndGroup);
        var type = spec.Local!.FsType is { Length: > 0 } given ? given : "ext4";
        try
        {
            string[] options = [.. claimed.IsReadOnly ? (string[])["ro"] : [], .. spec.MountOptions.OrEmpty()];
            await formatter.MountAsync(spec.Local.Path, mounted, type, [.. options.Distinct()], cancellationToken);
            return mounted;
        }
        catch (IOException e)
        {
            Directory.Delete(mounted);
            throw new VolumeFailure($"local: failed to mount device {spec.Local.Path} at {mounted} (fstype: {type}), error {e.Message}", e) { Operation = "MountVolume.MountDevice" };
        }
    }

    /// <summary>
    /// Once for each pod, before it starts: what it makes of its files later is its own. While another pod has the volume, it stays in that
    /// one's group.
    /// </summary>
    private async Task GiveToGroupAsync(Pod pod, ClaimedVolume claimed, string content, CancellationToken cancellationToken)
    {
        if (pod.Spec.SecurityContext?.FsGroup is not { } group)
        {
            return;
        }

        var name = claimed.Volume.Metadata.Name;
        if (!IsHeld(name, besides: pod.Metadata.Uid))
        {
            await Task.Run(() => Ownership.Apply(linux, content, claimed.IsReadOnly ? null : pod.Spec.SecurityContext, readOnly: false), cancellationToken);
        }
        else if (linux.GroupOf(content) is { } known && known != group)
        {
            events.Pod(pod, null, EventReasons.Warning, EventReasons.AlreadyMountedVolume, $"The requested fsGroup is {group}, but the volume {name} has GID {known}. The volume may not be shareable.");
        }
    }

    /// <summary>Whether another pod has the volume.</summary>
    private bool IsHeld(string name, string besides) => Directory.Exists(paths.Pods)
        && Directory.GetDirectories(paths.Pods).Any(pod => Path.GetFileName(pod) is var uid && uid != besides && Directory.Exists(paths.Volume(uid, Name, name)));
}
