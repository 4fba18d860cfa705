using System.Collections.Concurrent;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Volumes.Persistent;

/// <summary>
/// Keeps volumes of ReadWriteOncePod to one pod each: the scheduler does, but whoever bound a pod need not have asked it. Pods that
/// have the volume since before a restart are found by their directories.
/// </summary>
/// <remarks>Upstream: GenerateMountVolumeFunc in pkg/volume/util/operationexecutor.</remarks>
internal sealed class SoleUsers(PodPaths paths)
{
    private readonly ConcurrentDictionary<string, string> _users = new();

    /// <exception cref="VolumeFailure">Another pod has the volume.</exception>
    public void Take(PersistentVolume volume, string uid)
    {
        // Of several modes nobody knows which one the pod wants.
        if (volume.Spec.AccessModes is not ["ReadWriteOncePod"])
        {
            return;
        }

        var name = volume.Metadata.Name;
        if (OthersOnDisk(uid).Any(directory => Holds(directory, name)) || _users.GetOrAdd(name, uid) != uid)
        {
            throw new VolumeFailure("volume uses the ReadWriteOncePod access mode and is already in use by another pod") { Volume = name };
        }
    }

    /// <summary>The pod did not get it; what there may be of it nevertheless is in the pod's directory.</summary>
    public void Release(PersistentVolume volume, string uid) => _users.TryRemove(KeyValuePair.Create(volume.Metadata.Name, uid));

    /// <summary>The pod has no volumes any more.</summary>
    public void Release(string uid)
    {
        foreach (var user in _users.Where(u => u.Value == uid))
        {
            _users.TryRemove(user);
        }
    }

    /// <summary>Of every other pod, the directories that have an entry for each volume.</summary>
    private IEnumerable<string> OthersOnDisk(string uid) =>
        from pod in Children(paths.Pods)
        let other = Path.GetFileName(pod)
        where other != uid
        from kind in Children(paths.Volumes(other)).Concat(Children(paths.Devices(other)))
        select kind;

    private static IEnumerable<string> Children(string directory) => Directory.Exists(directory) ? Directory.GetDirectories(directory) : [];

    private static bool Holds(string directory, string volume) => Directory.GetFileSystemEntries(directory).Any(entry => Path.GetFileName(entry) == volume);
}
