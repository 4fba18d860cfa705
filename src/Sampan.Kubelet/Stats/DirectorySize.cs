namespace Sampan.Kubelet.Stats;

/// <summary>How much a directory holds, in bytes and in files, links not followed and other file systems left out.</summary>
internal readonly record struct DirectorySize(long Bytes, long Inodes)
{
    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

    public static DirectorySize Of(string path)
    {
        if (!Directory.Exists(path))
        {
            return default;
        }

        var (bytes, inodes) = (0L, 1L);
        try
        {
            foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos("*", All))
            {
                inodes++;
                bytes += entry is FileInfo { LinkTarget: null } file ? file.Length : 0;
            }
        }
        catch (IOException)
        {
            // What goes away while it is counted counts no more.
        }

        return new(bytes, inodes);
    }
}
