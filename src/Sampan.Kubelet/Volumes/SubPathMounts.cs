using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Volumes;

/// <summary>
/// Parts of volumes for single containers, bound to a path of their own. What a container may have put into the volume
/// meanwhile, above all links, never leads out of it: the part is opened below the volume's root, and what was opened is bound.
/// </summary>
internal sealed class SubPathMounts(PodPaths paths, ILinux linux)
{
    private const string Reason = "CreateContainerConfigError";

    public string Mount(string uid, string container, int index, MountedVolume volume, string subPath)
    {
        var target = paths.SubPath(uid, volume.Name, container, index);
        foreach (var old in linux.MountPoints(target))
        {
            linux.Unmount(old);
        }

        try
        {
            if (!volume.IsReadOnly)
            {
                linux.CreateBeneath(volume.HostPath, subPath);
            }

            using var part = linux.OpenBeneath(volume.HostPath, subPath);
            var source = $"/proc/self/fd/{part.DangerousGetHandle()}";
            CreateTarget(source, target);
            linux.Mount(source, target, "none", MountFlags.Bind | MountFlags.Recursive, null);
            return target;
        }
        catch (IOException e)
        {
            throw new StartFailure(Reason, $"failed to prepare subPath for volumeMount \"{volume.Name}\" of container \"{container}\"", inner: e);
        }
    }

    private void CreateTarget(string source, string target)
    {
        var isDirectory = linux.KindOf(source) == FileKind.Directory;
        if (isDirectory)
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
