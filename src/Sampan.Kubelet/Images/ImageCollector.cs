using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Images.Access;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Images;

/// <summary>
/// Deletes images that no container uses: when the disk fills up, those that were unused the longest, until it is low enough
/// again; and, where an age limit is set, those that have been unused for so long.
/// </summary>
internal sealed class ImageCollector(KubeletConfiguration configuration, IContainerRuntime runtime, ImageAccess access, ILinux linux, IPodEvents events, KubeletMetrics metrics, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, Sighting> _known = new();

    private bool _hasFailed;

    /// <summary>Collects from time to time, unless no limit is set at all.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => configuration.ImageGcHighThresholdPercent == 100 && configuration.ImageMaximumGcAge == default
        ? Task.CompletedTask
        : Periodically.RunAsync(CollectAsync, () => Interval, "Could not delete unused images", time, logger, cancellationToken, Tell);

    /// <summary>Once may be a matter of starting up; more often is told.</summary>
    private void Tell(Exception? failure)
    {
        if (failure is not null && _hasFailed)
        {
            events.Node(EventReasons.Warning, EventReasons.ImageGcFailed, failure.Message);
        }

        _hasFailed = failure is not null;
    }

    /// <summary>Deletes images that are too old, and as many as the disk needs.</summary>
    /// <exception cref="IOException">Not enough could be deleted, for a reason that is told as an event.</exception>
    internal async Task CollectAsync(CancellationToken cancellationToken)
    {
        var unused = await UnusedAsync(cancellationToken);
        if (configuration.ImageMaximumGcAge != default)
        {
            var old = unused.Where(i => time.GetUtcNow() - i.UnusedSince > configuration.ImageMaximumGcAge.ToTimeSpan()).ToList();
            await DeleteOldAsync(old, cancellationToken);
            unused = [.. unused.Except(old)];
        }

        if (await UsageAsync(cancellationToken) is { } disk)
        {
            await FreeAsync(disk, unused, cancellationToken);
        }
    }

    private async Task FreeAsync(FileSystemUsage disk, List<Candidate> unused, CancellationToken cancellationToken)
    {
        if (disk.Capacity == 0)
        {
            throw Failed(EventReasons.InvalidDiskCapacity, "invalid capacity 0 on image filesystem");
        }

        if (Percent(disk) < configuration.ImageGcHighThresholdPercent)
        {
            return;
        }

        var wanted = (disk.Capacity * (100 - configuration.ImageGcLowThresholdPercent) / 100) - disk.Available;
        var freed = await FreeAsync(unused, wanted, cancellationToken);
        if (freed < wanted)
        {
            throw Failed(EventReasons.FreeDiskSpaceFailed, $"Failed to garbage collect required amount of images. Attempted to free {wanted} bytes, but only found {freed} bytes eligible to free.");
        }
    }

    private IOException Failed(string reason, string message)
    {
        events.Node(EventReasons.Warning, reason, message);
        return new IOException(message);
    }

    /// <summary>Deletes every image that nobody uses.</summary>
    public async Task DeleteUnusedAsync(CancellationToken cancellationToken) => await FreeAsync(await UnusedAsync(cancellationToken), long.MaxValue, cancellationToken);

    private static long Percent(FileSystemUsage disk) => 100 - (disk.Available * 100 / disk.Capacity);

    /// <summary>Unused images that have been known for long enough: first those that nobody was seen to use, then the longest unused.</summary>
    private async Task<List<Candidate>> UnusedAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var used = await UsedAsync(cancellationToken);
        var images = await runtime.ListImagesAsync(cancellationToken);
        access.Prune([.. images.Select(i => i.Id)], now);
        foreach (var gone in _known.Keys.Except(images.Select(i => i.Id)).ToList())
        {
            _known.TryRemove(gone, out _);
        }

        var unused = new List<Candidate>();
        foreach (var image in images.Where(i => !i.Pinned))
        {
            var isUsed = used.Contains(image.Id) || image.RepoTags.Any(used.Contains) || image.RepoDigests.Any(used.Contains);
            var sighting = _known.GetOrAdd(image.Id, _ => new Sighting(now, null));
            _known[image.Id] = sighting = isUsed ? sighting with { LastUsed = now } : sighting;
            if (!isUsed && now - sighting.Since >= configuration.ImageMinimumGcAge.ToTimeSpan())
            {
                unused.Add(new Candidate(image.Id, (long)image.Size, sighting.LastUsed, sighting.Since));
            }
        }

        return [.. unused.OrderBy(i => i.LastUsed ?? DateTimeOffset.MinValue).ThenBy(i => i.Since)];
    }

    /// <summary>The images of all containers, also of those that ended: they may start again. Images that they have mounted count as well.</summary>
    private async Task<HashSet<string>> UsedAsync(CancellationToken cancellationToken)
    {
        var containers = await runtime.ListContainersAsync(new(), cancellationToken);
        var used = containers.SelectMany(c => new[] { c.ImageRef, c.ImageId, c.Image?.Image ?? "" }).ToHashSet();
        foreach (var container in containers)
        {
            used.UnionWith(await MountedAsync(container.Id, cancellationToken));
        }

        used.Remove("");
        return used;
    }

    private async Task<IEnumerable<string>> MountedAsync(string container, CancellationToken cancellationToken)
    {
        try
        {
            var status = await runtime.ContainerStatusAsync(container, cancellationToken);
            return status.Mounts.Select(mount => mount.Image?.Image ?? "");
        }
        catch (RpcException e) when (e.Code == GrpcStatusCode.NotFound)
        {
            // It has gone meanwhile.
            return [];
        }
    }

    private async Task<FileSystemUsage?> UsageAsync(CancellationToken cancellationToken)
    {
        var info = (await runtime.ImageFsInfoAsync(cancellationToken)).FirstOrDefault();
        return info?.FsId?.Mountpoint is { Length: > 0 } path && Directory.Exists(path) ? linux.UsageOf(path) : null;
    }

    /// <exception cref="IOException">The runtime would not delete some of them; the others are gone.</exception>
    private async Task DeleteOldAsync(List<Candidate> images, CancellationToken cancellationToken)
    {
        var (_, problems) = await DeleteAsync(images, long.MaxValue, "age", cancellationToken);
        if (problems.Count > 0)
        {
            throw new IOException($"wanted to free images older than {configuration.ImageMaximumGcAge}, encountered errors in image deletion: {string.Join(", ", problems)}");
        }
    }

    /// <returns>How many bytes were freed.</returns>
    /// <exception cref="IOException">The runtime would not delete some of them; the others are gone.</exception>
    private async Task<long> FreeAsync(List<Candidate> images, long wanted, CancellationToken cancellationToken)
    {
        var (freed, problems) = await DeleteAsync(images, wanted, "space", cancellationToken);
        return problems.Count == 0 ? freed : throw new IOException($"wanted to free {wanted} bytes, but freed {freed} bytes space with errors in image deletion: {string.Join(", ", problems)}");
    }

    /// <returns>How many bytes were freed, and what went wrong.</returns>
    private async Task<(long Freed, IReadOnlyList<string> Problems)> DeleteAsync(List<Candidate> images, long wanted, string reason, CancellationToken cancellationToken)
    {
        var (freed, problems) = (0L, new List<string>());
        foreach (var image in images.TakeWhile(_ => freed < wanted))
        {
            try
            {
                await runtime.RemoveImageAsync(image.Id, cancellationToken);
                _known.TryRemove(image.Id, out _);
                freed += image.Size;
                metrics.ImageDeleted(reason);
                logger.LogInformation("Deleted unused image {Image} of {Size} bytes", image.Id, image.Size);
            }
            catch (RpcException e)
            {
                problems.Add($"{image.Id}: {e.Detail}");
            }
        }

        return (freed, problems);
    }

    private sealed record Sighting(DateTimeOffset Since, DateTimeOffset? LastUsed);

    private sealed record Candidate(string Id, long Size, DateTimeOffset? LastUsed, DateTimeOffset Since)
    {
        public DateTimeOffset UnusedSince => LastUsed ?? Since;
    }
}
