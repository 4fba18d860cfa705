using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Volumes;

/// <summary>
/// Mounts pods' volumes through their plugins, all of a pod at once, and removes all that is below a pod's directory when it
/// ends. A mount that hangs keeps its pod waiting and nobody else.
/// </summary>
internal sealed class PodVolumes(IReadOnlyList<IVolumePlugin> plugins, PodPaths paths, ILinux linux, TimeProvider time) : IPodVolumes
{
    private const long LongestText = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(123);

    /// <summary>Who has a volume goes on with it as it is, should its refreshing take longer.</summary>
    private static readonly TimeSpan RefreshPatience = TimeSpan.FromSeconds(2);
    private readonly SubPathMounts _subPaths = new(paths, linux);
    private readonly ConcurrentDictionary<(string Uid, string Volume), Task<string>> _going = new();
    private readonly ConcurrentDictionary<(string Uid, string Volume), Volume> _wanted = new();
    private readonly ConcurrentDictionary<(string Uid, string Volume), string> _paths = new();

    public async Task<IReadOnlyDictionary<string, MountedVolume>> MountAsync(Pod pod, CancellationToken cancellationToken)
    {
        var steps = pod.UsedVolumes().Select(v => new MountStep(v, PathOf(pod.Metadata.Uid, v.Name), Begin(pod, v, cancellationToken))).ToList();
        await WaitAsync(steps.Where(s => s.Known is null), Patience, cancellationToken);
        await WaitAsync(steps.Where(s => s.Known is not null), RefreshPatience, cancellationToken);
        foreach (var step in steps.Where(s => s.Path.IsCompletedSuccessfully))
        {
            _paths[(pod.Metadata.Uid, step.Volume.Name)] = step.Path.Result;
        }

        var mounted = steps.TrueForAll(s => s.Current is not null) ? steps.ToDictionary(s => s.Volume.Name, s => Mounted(pod, s.Volume, s.Current!)) : null;
        var failed = steps.FindAll(s => s.IsFailed);
        return failed.Count == 0 ? mounted! : throw new VolumesNotReady([.. Messages(failed)])
        {
            Mounted = mounted,
            IsBeyondLimit = mounted is null && failed.Exists(s => s.Failure is VolumeFailure { IsBeyondLimit: true }),
        };
    }

    public string? PathOf(string podUid, string volume) => _paths.GetValueOrDefault((podUid, volume));

    public IReadOnlyList<VolumeCount> Count() =>
    [
        .. _wanted.Select(wanted => (Kind: PluginFor(wanted.Value)?.KindOf(wanted.Key.Uid, wanted.Value), IsMounted: _paths.ContainsKey(wanted.Key)))
            .Where(volume => volume.Kind is not null)
            .GroupBy(volume => volume.Kind!, volume => volume.IsMounted)
            .Select(kind => new VolumeCount(kind.Key, kind.Count(), kind.Count(isMounted => isMounted)))
            .OrderBy(count => count.Kind, StringComparer.Ordinal),
    ];

    public string MountSubPath(Pod pod, string container, int index, MountedVolume volume, string subPath) =>
        _subPaths.Mount(pod.Metadata.Uid, container, index, volume, subPath);

    public string ReadFile(MountedVolume volume, string path)
    {
        using var file = linux.OpenBeneath(volume.HostPath, path);
        var opened = $"/proc/self/fd/{file.DangerousGetHandle()}";
        if (linux.KindOf(opened) != FileKind.File || new FileInfo(opened).ResolveLinkTarget(returnFinalTarget: true) is not FileInfo { Length: <= LongestText })
        {
            throw new IOException($"{path} is no file of at most {LongestText} bytes");
        }

        return File.ReadAllText(opened);
    }

    public async Task TearDownAsync(string podUid, CancellationToken cancellationToken)
    {
        foreach (var key in _wanted.Keys.Where(k => k.Uid == podUid))
        {
            _wanted.TryRemove(key, out _);
        }

        if (!Directory.Exists(paths.Pod(podUid)))
        {
            return;
        }

        if (_going.FirstOrDefault(g => g.Key.Uid == podUid && !g.Value.IsCompleted).Key.Volume is { } busy)
        {
            throw new VolumeFailure($"UnmountVolume.TearDown failed for volume \"{busy}\" : it is still being mounted");
        }

        foreach (var key in _paths.Keys.Where(k => k.Uid == podUid))
        {
            _paths.TryRemove(key, out _);
        }

        // Parts of volumes first: they hold the volumes.
        Unmount(paths.SubPaths(podUid));
        foreach (var plugin in plugins)
        {
            await plugin.TearDownAsync(podUid, cancellationToken);
        }

        foreach (var directory in new[] { paths.SubPaths(podUid), paths.Volumes(podUid), paths.Devices(podUid) })
        {
            Unmount(directory);
            if (Directory.Exists(directory))
            {
                Directory.Delete(directory, recursive: true);
            }
        }
    }

    public async Task RemoveAsync(string podUid, CancellationToken cancellationToken)
    {
        await TearDownAsync(podUid, cancellationToken);
        var directory = paths.Pod(podUid);
        Unmount(directory);
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    public async Task CollectAsync(CancellationToken cancellationToken)
    {
        foreach (var plugin in plugins)
        {
            await plugin.CollectAsync(cancellationToken);
        }
    }

    private async Task WaitAsync(IEnumerable<MountStep> steps, TimeSpan patience, CancellationToken cancellationToken)
    {
        await Task.WhenAll(steps.Select(Task (s) => s.Path)).WaitAsync(patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>What is going on for a volume already is waited for, not begun twice.</summary>
    private Task<string> Begin(Pod pod, Volume volume, CancellationToken cancellationToken)
    {
        var key = (pod.Metadata.Uid, volume.Name);
        _wanted[key] = volume;
        if (_going.TryGetValue(key, out var known) && !known.IsCompleted)
        {
            return known;
        }

        var begun = SetUpAsync(pod, volume, cancellationToken);
        if (!begun.IsCompleted)
        {
            _going[key] = begun;
            _ = begun.ContinueWith(done => _going.TryRemove(KeyValuePair.Create(key, done)), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        return begun;
    }

    private async Task<string> SetUpAsync(Pod pod, Volume volume, CancellationToken cancellationToken)
    {
        var plugin = PluginFor(volume) ?? throw new VolumeFailure("no volume plugin matched");
        return await plugin.SetUpAsync(pod, volume, cancellationToken);
    }

    private MountedVolume Mounted(Pod pod, Volume volume, string path)
    {
        var plugin = PluginFor(volume)!;
        return new MountedVolume(volume.Name, path, plugin.IsReadOnly(volume)) { Group = plugin.GroupOf(pod.Metadata.Uid, volume.Name) };
    }

    private IVolumePlugin? PluginFor(Volume volume) => plugins.FirstOrDefault(p => p.Supports(volume));

    private static IEnumerable<string> Messages(List<MountStep> failed)
    {
        var unprocessed = failed.FindAll(s => s.Failure is VolumeFailure { IsUnprocessed: true });
        var why = unprocessed.Select(s => s.Failure!.Message);
        if (failed.Exists(s => !s.Path.IsCompleted))
        {
            why = why.Append("context deadline exceeded");
        }

        if (why.Any())
        {
            yield return $"Unable to attach or mount volumes: unmounted volumes=[{Names(failed)}], unattached volumes=[{Names(failed.Where(s => s.Failure is VolumeFailure { IsUnattached: true }))}], failed to process volumes=[{Names(unprocessed)}]: {string.Join("; ", why)}";
        }

        foreach (var step in failed.Except(unprocessed).Where(s => s.Path.IsCompleted))
        {
            var known = step.Failure as VolumeFailure;
            yield return $"{known?.Operation ?? "MountVolume.SetUp"} failed for volume \"{known?.Volume ?? step.Volume.Name}\" : {step.Failure?.Message ?? "context canceled"}";
        }
    }

    private static string Names(IEnumerable<MountStep> steps) => string.Join(' ', steps.Select(s => s.Volume.Name).Order(StringComparer.Ordinal));

    /// <summary>Deleting through a mount that is left would delete what is the host's or another pod's.</summary>
    private void Unmount(string directory)
    {
        foreach (var mount in linux.MountPoints(directory))
        {
            linux.Unmount(mount);
        }

        if (linux.MountPoints(directory) is [var left, ..])
        {
            throw new IOException($"{left} is still mounted");
        }
    }
}
