using Sampan.Api.Core.V1;
using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Volumes;

/// <summary>Gives a volume to the pod's fsGroup: its members may read it, and write it unless it is read-only.</summary>
internal static class Ownership
{
    private const string OnRootMismatch = "OnRootMismatch";
    private const UnixFileMode GroupRead = UnixFileMode.UserRead | UnixFileMode.GroupRead;
    private const UnixFileMode GroupWrite = GroupRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite;
    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute;

    public static void Apply(ILinux linux, string path, PodSecurityContext? context, bool readOnly)
    {
        if (context?.FsGroup is not { } group || (context.FsGroupChangePolicy == OnRootMismatch && IsRight(linux, path, group, readOnly)))
        {
            return;
        }

        // The top comes last: a change that was cut short is seen as one.
        foreach (var entry in Directory.EnumerateFileSystemEntries(path, "*", SearchOption.AllDirectories).Append(path))
        {
            linux.ChangeOwner(entry, null, (uint)group);
            if (new FileInfo(entry).LinkTarget is null)
            {
                File.SetUnixFileMode(entry, File.GetUnixFileMode(entry) | Wanted(Directory.Exists(entry), readOnly));
            }
        }
    }

    private static bool IsRight(ILinux linux, string path, long group, bool readOnly)
    {
        var wanted = Wanted(isDirectory: true, readOnly);
        return linux.GroupOf(path) == group && (File.GetUnixFileMode(path) & wanted) == wanted;
    }

    private static UnixFileMode Wanted(bool isDirectory, bool readOnly) => (readOnly ? GroupRead : GroupWrite) | (isDirectory ? Execute | UnixFileMode.SetGroup : 0);
}
