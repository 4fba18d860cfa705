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

        // The top comes last: a change that was cut short is seen as one. It may be reached by a link, which is not what is meant.
        var top = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        foreach (var entry in Below(top).Append(top))
        {
            Try(() => linux.ChangeOwner(entry, null, (uint)group));
            if (new FileInfo(entry).LinkTarget is null)
            {
                Try(() => File.SetUnixFileMode(entry, File.GetUnixFileMode(entry) | Wanted(Directory.Exists(entry), readOnly)));
            }
        }
    }

    /// <summary>A server that gives nothing away to others, not even when root asks, may let the pod in all the same.</summary>
    private static void Try(Action change)
    {
        try
        {
            change();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The pod finds out.
        }
    }

    /// <summary>What lies in a directory, directories after what is in them. Links that somebody left there may lead to the host's own files and are not followed.</summary>
    private static IEnumerable<string> Below(string directory)
    {
        foreach (var entry in new DirectoryInfo(directory).EnumerateFileSystemInfos())
        {
            foreach (var inner in entry is DirectoryInfo && entry.LinkTarget is null ? Below(entry.FullName) : [])
            {
                yield return inner;
            }

            yield return entry.FullName;
        }
    }

    private static bool IsRight(ILinux linux, string path, long group, bool readOnly)
    {
        var wanted = Wanted(isDirectory: true, readOnly);
        return linux.GroupOf(path) == group && (File.GetUnixFileMode(path) & wanted) == wanted;
    }

    private static UnixFileMode Wanted(bool isDirectory, bool readOnly) => (readOnly ? GroupRead : GroupWrite) | (isDirectory ? Execute | UnixFileMode.SetGroup : 0);
}
