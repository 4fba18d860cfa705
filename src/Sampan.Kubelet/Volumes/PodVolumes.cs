using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Volumes;

/// <summary>Mounts pods' volumes through their plugins, and removes all that is below a pod's directory when it ends.</summary>
internal sealed class PodVolumes(IReadOnlyList<IVolumePlugin> plugins, PodPaths paths, ILinux linux) : IPodVolumes
{
    public async Task<IReadOnlyDictionary<string, MountedVolume>> MountAsync(Pod pod, CancellationToken cancellationToken)
    {
        var result = new Dictionary<string, MountedVolume>();
        foreach (var volume in pod.Spec.Volumes.OrEmpty())
        {
            var plugin = plugins.FirstOrDefault(p => p.Supports(volume))
                ?? throw new VolumeFailure($"MountVolume.SetUp failed for volume \"{volume.Name}\" : no volume plugin matched");
            try
            {
                result[volume.Name] = new(volume.Name, await plugin.SetUpAsync(pod, volume, cancellationToken), plugin.IsReadOnly(volume));
            }
            catch (Exception e) when (e is VolumeFailure or IOException or UnauthorizedAccessException or StatusException or Client.ApiConnectionException)
            {
                throw new VolumeFailure($"MountVolume.SetUp failed for volume \"{volume.Name}\" : {e.Message}", e);
            }
        }

        return result;
    }

    public string MountSubPath(Pod pod, string container, int index, MountedVolume volume, string subPath)
    {
        if (Path.IsPathRooted(subPath) || subPath.Split('/').Contains(".."))
        {
            throw new StartFailure("CreateContainerConfigError", $"subPath \"{subPath}\" must be a relative path without '..'");
        }

        var source = Resolve(volume, subPath);
        var target = paths.SubPath(pod.Metadata.Uid, volume.Name, container, index);
        foreach (var old in linux.MountPoints(target))
        {
            linux.Unmount(old);
        }

        CreateTarget(source, target);
        linux.Mount(source, target, "none", MountFlags.Bind | MountFlags.Recursive, null);
        return target;
    }

    public void Remove(string podUid)
    {
        var directory = paths.Pod(podUid);
        if (!Directory.Exists(directory))
        {
            return;
        }

        foreach (var mount in linux.MountPoints(directory))
        {
            linux.Unmount(mount);
        }

        // Deleting through a mount that is left would delete what is the host's or another pod's.
        if (linux.MountPoints(directory) is [var left, ..])
        {
            throw new IOException($"{left} is still mounted");
        }

        Directory.Delete(directory, recursive: true);
    }

    /// <summary>Follows links inside the volume; a link that leads out of it is refused.</summary>
    private string Resolve(MountedVolume volume, string subPath)
    {
        var root = RealPath(volume.HostPath);
        var wanted = Path.Combine(root, subPath);
        if (linux.KindOf(wanted) == FileKind.None)
        {
            if (volume.IsReadOnly)
            {
                throw new StartFailure("CreateContainerConfigError", $"failed to prepare subPath for volumeMount \"{volume.Name}\" of container");
            }

            Directory.CreateDirectory(wanted);
            File.SetUnixFileMode(wanted, File.GetUnixFileMode(root));
        }

        var real = RealPath(wanted);
        return real == root || real.StartsWith(root + "/", StringComparison.Ordinal)
            ? real
            : throw new StartFailure("CreateContainerConfigError", $"subPath \"{subPath}\" leads out of volume \"{volume.Name}\"");
    }

    private static string RealPath(string path)
    {
        var real = "/";
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            var target = new FileInfo(next).LinkTarget;
            real = target is null ? next : RealPath(Path.GetFullPath(target, real));
        }

        return real;
    }

    private void CreateTarget(string source, string target)
    {
        if (linux.KindOf(source) == FileKind.Directory)
        {
            Directory.CreateDirectory(target);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (linux.KindOf(target) == FileKind.None)
        {
            File.WriteAllBytes(target, []);
        }
    }
}
