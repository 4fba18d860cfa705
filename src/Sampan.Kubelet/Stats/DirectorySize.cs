using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Stats;

/// <summary>
/// What a directory takes of its file system, in bytes on the disk and in files, as <c>du -x</c> counts: a file with two names
/// once, a hole not at all, and nothing of what is mounted below. Links are not followed.
/// </summary>
internal readonly record struct DirectorySize(long Bytes, long Inodes)
{
    public static DirectorySize Of(string path)
    {
        if (FileStatus.Of(path) is not { Kind: FileKind.Directory } root)
        {
            return default;
        }

        var (bytes, inodes) = (root.Bytes, 1L);
        var (pending, seen) = (new Stack<string>([path]), new HashSet<ulong>());
        while (pending.TryPop(out var directory))
        {
            foreach (var entry in Entries(directory))
            {
                if (FileStatus.Of(entry, followsLink: false) is not { } file || file.Device != root.Device || (file is { Kind: not FileKind.Directory, Links: > 1 } && !seen.Add(file.Inode)))
                {
                    continue;
                }

                inodes++;
                bytes += file.Bytes;
                if (file.Kind == FileKind.Directory)
                {
                    pending.Push(entry);
                }
            }
        }

        return new(bytes, inodes);
    }

    /// <summary>What goes away while it is counted counts no more.</summary>
    private static string[] Entries(string directory)
    {
        try
        {
            return Directory.GetFileSystemEntries(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
