using System.Runtime.InteropServices;

namespace Sampan.Cluster.Host;

/// <summary>The mounts of this host's namespace.</summary>
internal static partial class MountTable
{
    private const int Detach = 2;

    /// <summary>Unmounts everything at or below a folder, the deepest first; what is busy is detached and goes when it is free.</summary>
    /// <returns>How many mounts were removed.</returns>
    public static int UnmountBelow(string folder)
    {
        var prefix = folder.TrimEnd('/') + "/";
        var points = Points().Where(p => p == folder || p.StartsWith(prefix, StringComparison.Ordinal)).OrderByDescending(p => p.Length).ToList();
        foreach (var point in points) _ = Unmount(point, Detach);
        return points.Count;
    }

    // A line of mountinfo: id parent major:minor root MOUNT-POINT options …, with octal escapes for space, tab and backslash.
    private static IEnumerable<string> Points() =>
        File.ReadLines("/proc/self/mountinfo").Select(line => Unescape(line.Split(' ')[4])).Reverse();

    private static string Unescape(string text) =>
        text.Replace("\\040", " ").Replace("\\011", "\t").Replace("\\012", "\n").Replace("\\134", "\\");

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target, int flags);
}
