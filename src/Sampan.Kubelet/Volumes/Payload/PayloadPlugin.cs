using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Volumes.Payload;

/// <summary>Volumes whose files come from the API: configMap, secret, downwardAPI, projected. All but configMap lie in memory.</summary>
/// <param name="name">Of the kind of volume.</param>
/// <param name="supports">Whether a volume is of it.</param>
/// <param name="mounts">Makes the file system in memory; null for volumes on disk.</param>
/// <param name="reader">Reads the files.</param>
/// <param name="paths">Where they lie.</param>
/// <param name="linux">Renames, and gives to groups.</param>
/// <param name="time">Names what is written.</param>
internal sealed class PayloadPlugin(string name, Func<Volume, bool> supports, MemoryMounts? mounts, PayloadReader reader, PodPaths paths, ILinux linux, TimeProvider time)
    : IVolumePlugin
{
    private readonly ConcurrentDictionary<string, byte> _mounted = new();

    public string Name => name;

    public bool IsReadOnly(Volume volume) => true;

    public static IEnumerable<IVolumePlugin> All(PayloadReader reader, PodPaths paths, ILinux linux, MemoryMounts mounts, TimeProvider time) =>
    [
        new PayloadPlugin("kubernetes.io/configmap", v => v.ConfigMap is not null, null, reader, paths, linux, time),
        new PayloadPlugin("kubernetes.io/secret", v => v.Secret is not null, mounts, reader, paths, linux, time),
        new PayloadPlugin("kubernetes.io/downward-api", v => v.DownwardAPI is not null, mounts, reader, paths, linux, time),
        new PayloadPlugin("kubernetes.io/projected", v => v.Projected is not null, mounts, reader, paths, linux, time),
    ];

    public bool Supports(Volume volume) => supports(volume);

    public async Task<string> SetUpAsync(Pod pod, Volume volume, CancellationToken cancellationToken)
    {
        var files = await reader.ReadAsync(pod, volume, cancellationToken);
        var path = paths.Volume(pod.Metadata.Uid, Name, volume.Name);
        Mount(path);
        NestedMounts.Make(pod, volume.Name, path);
        new AtomicWriter(path, linux, time).Write(files, directory => Ownership.Apply(linux, directory, pod.Spec.SecurityContext, readOnly: true));
        return path;
    }

    public Task TearDownAsync(string podUid, CancellationToken cancellationToken)
    {
        reader.Forget(podUid);
        var directory = paths.Volume(podUid, Name, "");
        foreach (var path in _mounted.Keys.Where(p => p.StartsWith(directory, StringComparison.Ordinal)))
        {
            _mounted.TryRemove(path, out _);
        }

        return Task.CompletedTask;
    }

    private void Mount(string path)
    {
        var isNew = _mounted.TryAdd(path, 0) || !Directory.Exists(path);
        if (!isNew)
        {
            return;
        }

        Directory.CreateDirectory(path);
        if (!linux.IsMountPoint(path))
        {
            mounts?.Mount(path, null);
        }

        // Those in memory as the kernel makes them.
        File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111 | (mounts is null ? 0 : UnixFileMode.StickyBit));
    }
}
