using System.Collections.Concurrent;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Stats;

/// <summary>
/// How full pods' volumes are. A volume with a mount of its own tells as a file system; of others the files are counted,
/// which takes time, so the answer is kept for a while.
/// </summary>
internal sealed class VolumeUsageReader(PodPaths paths, ILinux linux, TimeSpan period, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (long ReadAt, IReadOnlyList<VolumeStats> Volumes)> _known = new();

    public IReadOnlyList<VolumeStats> Of(Pod pod)
    {
        if (period <= TimeSpan.Zero)
        {
            return [];
        }

        if (_known.TryGetValue(pod.Metadata.Uid, out var known) && time.GetElapsedTime(known.ReadAt) < period)
        {
            return known.Volumes;
        }

        IReadOnlyList<VolumeStats> volumes = [.. pod.Spec.Volumes.OrEmpty().Select(v => Read(pod, v)).OfType<VolumeStats>()];
        _known[pod.Metadata.Uid] = (time.GetTimestamp(), volumes);
        return volumes;
    }

    public void KeepOnly(IReadOnlySet<string> uids)
    {
        foreach (var gone in _known.Keys.Where(uid => !uids.Contains(uid)))
        {
            _known.TryRemove(gone, out _);
        }
    }

    private VolumeStats? Read(Pod pod, Volume volume)
    {
        var root = paths.Volumes(pod.Metadata.Uid);
        var path = Directory.Exists(root) ? Directory.GetDirectories(root).Select(plugin => Path.Combine(plugin, volume.Name)).FirstOrDefault(Directory.Exists) : null;
        if (path is null)
        {
            return null;
        }

        try
        {
            var isMount = linux.MountPoints(path).Contains(path);
            var whole = linux.UsageOf(path);
            var usage = isMount ? FileSystemStats.Whole(time.GetUtcNow(), whole) : Counted(path, whole);
            return new VolumeStats(volume.Name, ClaimOf(pod, volume), IsOnNodesDisk(volume), usage);
        }
        catch (IOException)
        {
            // It is being taken down.
            return null;
        }
    }

    private FileSystemStats Counted(string path, FileSystemUsage whole)
    {
        var size = DirectorySize.Of(path);
        return new FileSystemStats(time.GetUtcNow(), whole, size.Bytes, size.Inodes);
    }

    private static string? ClaimOf(Pod pod, Volume volume) =>
        volume.PersistentVolumeClaim?.ClaimName ?? (volume.Ephemeral is null ? null : $"{pod.Metadata.Name}-{volume.Name}");

    private static bool IsOnNodesDisk(Volume volume) => volume.EmptyDir is { Medium: not "Memory" } || volume.ConfigMap is not null;
}
