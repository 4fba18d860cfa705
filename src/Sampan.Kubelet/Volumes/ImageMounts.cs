using Sampan.Client.Grpc;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Volumes;

/// <summary>
/// Mounts the content of images for a runtime that cannot: containerd does it from 2.1 on, and before that its own program has
/// to. The snapshot that is mounted, and the lease that keeps it, bear the name of the mount.
/// </summary>
/// <param name="runtime">Says which runtime it is.</param>
/// <param name="endpoint">Its socket, as a URL.</param>
/// <param name="paths">Where pods' volumes lie.</param>
/// <param name="linux">Knows what is mounted.</param>
/// <param name="commands">Runs containerd's program.</param>
internal sealed class ImageMounts(IContainerRuntime runtime, string endpoint, PodPaths paths, ILinux linux, ICommands commands)
{
    private static readonly Version FirstWithMounts = new(2, 1);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Mounts an image as a volume of a pod, unless it is mounted already.</summary>
    /// <returns>Where; null where the runtime does it itself.</returns>
    /// <exception cref="IOException">It cannot be mounted.</exception>
    /// <exception cref="RpcException">The runtime does not answer.</exception>
    public async Task<string?> MountAsync(string podUid, string volume, string image, CancellationToken cancellationToken)
    {
        if (!await IsNeededAsync(cancellationToken))
        {
            return null;
        }

        var path = paths.Volume(podUid, ImagePlugin.Kind, volume);
        if (!linux.IsMountPoint(path))
        {
            Directory.CreateDirectory(path);
            await UnmountAsync(path, cancellationToken);
            var snapshotter = await SnapshotterAsync(cancellationToken);
            // The program's own lease would end after a day.
            await RunAsync(snapshotter, ["leases", "create", "--id", path, "--expires", "0s", $"containerd.io/gc.ref.snapshot.{snapshotter}={path}"], cancellationToken);
            await RunAsync(snapshotter, ["images", "mount", image, path], cancellationToken);
        }

        return path;
    }

    /// <summary>Gives back the images that are mounted for a pod.</summary>
    /// <exception cref="VolumeFailure">One of them could not be given back.</exception>
    public async Task UnmountAllAsync(string podUid, CancellationToken cancellationToken)
    {
        var directory = Path.GetDirectoryName(paths.Volume(podUid, ImagePlugin.Kind, "any"))!;
        foreach (var path in Directory.Exists(directory) ? Directory.GetDirectories(directory) : [])
        {
            try
            {
                await UnmountAsync(path, cancellationToken);
            }
            catch (Exception e) when (e is IOException or RpcException)
            {
                throw new VolumeFailure($"UnmountVolume.TearDown failed for volume \"{Path.GetFileName(path)}\" : {e.Message}", e);
            }
        }
    }

    /// <summary>A mount, a snapshot or a lease that is not there is no error.</summary>
    private async Task UnmountAsync(string path, CancellationToken cancellationToken) =>
        await RunAsync(await SnapshotterAsync(cancellationToken), ["images", "unmount", "--rm", path], cancellationToken);

    private async Task<bool> IsNeededAsync(CancellationToken cancellationToken)
    {
        var answer = await runtime.VersionAsync(cancellationToken);
        var digits = answer.RuntimeVersion.TrimStart('v').TakeWhile(c => char.IsAsciiDigit(c) || c == '.');
        return answer.RuntimeName == "containerd" && Version.TryParse(string.Concat(digits), out var version) && version < FirstWithMounts;
    }

    /// <summary>…/io.containerd.snapshotter.v1.overlayfs → overlayfs</summary>
    private async Task<string> SnapshotterAsync(CancellationToken cancellationToken)
    {
        var usages = await runtime.ImageFsInfoAsync(cancellationToken);
        var directory = usages.Count > 0 ? Path.GetFileName(usages[0].FsId.Mountpoint) : "";
        return directory.Contains('.', StringComparison.Ordinal) ? directory[(directory.LastIndexOf('.') + 1)..] : "overlayfs";
    }

    private Task<string> RunAsync(string snapshotter, string[] args, CancellationToken cancellationToken) => commands.RunAsync(
        "ctr",
        ["--address", endpoint.StartsWith("unix://", StringComparison.Ordinal) ? endpoint["unix://".Length..] : endpoint, "--namespace", "k8s.io", .. args],
        new Dictionary<string, string> { ["CONTAINERD_SNAPSHOTTER"] = snapshotter },
        "",
        Limit,
        cancellationToken);
}
