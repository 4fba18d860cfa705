using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Volumes;

/// <summary>File systems in memory. The kernel keeps them out of swap where it can, since secrets lie there.</summary>
/// <remarks>Upstream: pkg/kubelet/util/swap.</remarks>
/// <param name="linux">Mounts.</param>
/// <param name="trial">A directory to try with what this kernel can.</param>
internal sealed class MemoryMounts(ILinux linux, string trial)
{
    private const string FileSystem = "tmpfs";
    private const string NoSwap = "noswap";
    private readonly Lazy<bool> _isKeptFromSwap = new(() => CanKeepFromSwap(linux, trial));

    /// <summary>Old kernels cannot, nor can any in a user namespace.</summary>
    public bool AreKeptFromSwap => _isKeptFromSwap.Value;

    /// <param name="path">A directory.</param>
    /// <param name="size">In bytes; null for what the kernel allows.</param>
    public void Mount(string path, long? size)
    {
        string[] options = [.. size is { } limit ? (string[])[$"size={limit}"] : [], .. AreKeptFromSwap ? (string[])[NoSwap] : []];
        linux.Mount(FileSystem, path, FileSystem, MountFlags.None, options.Length > 0 ? string.Join(',', options) : null);
    }

    private static bool CanKeepFromSwap(ILinux linux, string trial)
    {
        try
        {
            Directory.CreateDirectory(trial);
            linux.Mount(FileSystem, trial, FileSystem, MountFlags.None, NoSwap);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
        finally
        {
            Remove(linux, trial);
        }
    }

    /// <summary>Also what a kubelet left that ended in the middle of this.</summary>
    private static void Remove(ILinux linux, string trial)
    {
        foreach (var mount in linux.MountPoints(trial))
        {
            linux.Unmount(mount);
        }

        if (Directory.Exists(trial))
        {
            Directory.Delete(trial);
        }
    }
}
