using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Volumes;

/// <summary>Gives a volume to the pod's fsGroup: its members may read it, and write it unless it is read-only.</summary>
internal static class Ownership
{
    private const UnixFileMode GroupRead = UnixFileMode.UserRead | UnixFileMode.GroupRead;
    private const UnixFileMode GroupWrite = GroupRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite;
    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute;

    public static void Apply(ILinux linux, string path, long? fsGroup, bool readOnly)
    {
        if (fsGroup is not { } group)
        {
            return;
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(path, "*", SearchOption.AllDirectories).Append(path))
        {
            linux.ChangeOwner(entry, null, (uint)group);
            if (new FileInfo(entry).LinkTarget is null)
            {
                var isDirectory = Directory.Exists(entry);
                var mode = readOnly ? GroupRead : GroupWrite;
                File.SetUnixFileMode(entry, File.GetUnixFileMode(entry) | mode | (isDirectory ? Execute | UnixFileMode.SetGroup : 0));
            }
        }
    }
}
