using System.Collections.Concurrent;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Volumes;
using Sampan.Kubelet.Volumes.Csi;

namespace Sampan.Kubelet.Stats;

/// <summary>
/// How full pods' volumes are. A volume with a mount of its own tells as a file system, a device its size alone, a driver tells of its
/// own; of others the files are counted, which takes time, so the answer is kept for a while. A volume that hangs is left out, and not asked
/// again before it has answered.
/// </summary>
internal sealed class VolumeUsageReader(IPodVolumes mounted, ILinux linux, CsiStats? drivers, MetricRegistry metrics, TimeSpan period, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly Histogram _durations = metrics.Histogram("kubelet_volume_metric_collection_duration_seconds", "[ALPHA] Seconds until it is known how full a volume is, by who tells: the file system, a count of the files, the device, or a CSI driver.", Buckets.Default, "metric_source");
    private readonly ConcurrentDictionary<string, (long ReadAt, IReadOnlyList<VolumeStats> Volumes)> _known = new();
    private readonly ConcurrentDictionary<(string Uid, string Volume), Task<FileSystemStats?>> _going = new();

    public async Task<IReadOnlyList<VolumeStats>> OfAsync(Pod pod, CancellationToken cancellationToken)
    {
        if (period <= TimeSpan.Zero)
        {
            return [];
        }

        if (_known.TryGetValue(pod.Metadata.Uid, out var known) && time.GetElapsedTime(known.ReadAt) < period)
        {
            return known.Volumes;
        }

        var all = await Task.WhenAll(pod.Spec.Volumes.OrEmpty().Select(v => ReadAsync(pod, v, cancellationToken)));
        IReadOnlyList<VolumeStats> volumes = [.. all.OfType<VolumeStats>()];
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

    private async Task<VolumeStats?> ReadAsync(Pod pod, Volume volume, CancellationToken cancellationToken)
    {
        // Of the host's own files nobody is told.
        if (volume.HostPath is not null || volume.Image is not null || mounted.PathOf(pod.Metadata.Uid, volume.Name) is not { } path)
        {
            return null;
        }

        var key = (pod.Metadata.Uid, volume.Name);
        var reading = _going.GetOrAdd(key, _ => Task.Run(() => ReadAsync(pod, volume, path), CancellationToken.None));
        try
        {
            var usage = await reading.WaitAsync(Patience, time, cancellationToken);
            _going.TryRemove(KeyValuePair.Create(key, reading));
            return usage is null ? null : new VolumeStats(volume.Name, ClaimOf(pod, volume), IsOnNodesDisk(volume), usage);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private async Task<FileSystemStats?> ReadAsync(Pod pod, Volume volume, string path)
    {
        var begun = time.GetTimestamp();
        if (drivers?.DriverOf(pod.Metadata.Uid, path) is { } driver)
        {
            var told = await drivers.ReadAsync(pod.Metadata.Uid, path, CancellationToken.None);
            Measure(driver, begun);
            return told;
        }

        try
        {
            if (linux.KindOf(path) == FileKind.BlockDevice)
            {
                var device = FileSystemStats.Whole(time.GetUtcNow(), new FileSystemUsage(linux.SizeOfDevice(path), 0, 0, 0, 0));
                Measure("block", begun);
                return device;
            }

            var isWhole = ClaimOf(pod, volume) is not null || linux.IsMountPoint(path);
            var whole = linux.UsageOf(path);
            var usage = isWhole ? FileSystemStats.Whole(time.GetUtcNow(), whole) : Counted(path, whole);
            Measure(isWhole ? "statfs" : "du", begun);
            return usage;
        }
        catch (IOException)
        {
            // It is being taken down.
            return null;
        }
    }

    private void Measure(string source, long begun) => _durations.With(source).Observe(time.GetElapsedTime(begun).TotalSeconds);

    private FileSystemStats Counted(string path, FileSystemUsage whole)
    {
        var size = DirectorySize.Of(path);
        return new FileSystemStats(time.GetUtcNow(), whole, size.Bytes, size.Inodes);
    }

    private static string? ClaimOf(Pod pod, Volume volume) =>
        volume.PersistentVolumeClaim?.ClaimName ?? (volume.Ephemeral is null ? null : $"{pod.Metadata.Name}-{volume.Name}");

    private static bool IsOnNodesDisk(Volume volume) => volume.EmptyDir is { Medium: not "Memory" } || volume.ConfigMap is not null;
}
