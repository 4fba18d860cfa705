using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Volumes.Csi;

/// <summary>The paths that drivers mount at. Deleting what is still mounted would delete the volume's own content.</summary>
internal sealed class CsiMountPoints(ILinux linux)
{
    /// <summary>Whether a driver has left anything there: a mount, a file or what lies in a directory.</summary>
    public bool IsInUse(string path) =>
        linux.MountPoints(path).Count > 0 || File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any());

    /// <summary>Unmounts what a driver left there, and deletes the file or directory.</summary>
    /// <exception cref="IOException">Something is still mounted.</exception>
    public void Remove(string path)
    {
        foreach (var mount in linux.MountPoints(path))
        {
            linux.Unmount(mount);
        }

        if (linux.MountPoints(path) is [var left, ..])
        {
            throw new IOException($"{left} is still mounted");
        }

        if (File.Exists(path))
        {
            File.Delete(path);
        }
        else if (Directory.Exists(path))
        {
            Directory.Delete(path);
        }
    }
}
