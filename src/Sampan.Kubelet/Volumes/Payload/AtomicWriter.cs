using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Volumes.Payload;

/// <summary>
/// Shows a set of files so that readers see either all of the old or all of the new, in upstream's layout:
/// <code>
/// ..2026_01_02_03_04_05.1234567/   the files, never changed
/// ..data → ..2026_01_02_03_04_05.1234567     replaced by one rename
/// token → ..data/token             what containers open
/// </code>
/// </summary>
internal sealed class AtomicWriter(string target, ILinux linux, TimeProvider time)
{
    private const string DataLink = "..data";
    private const string NewDataLink = "..data_tmp";

    /// <param name="files">By path, which may have directories.</param>
    /// <param name="prepare">Sets owners and the like on the new directory before anyone sees it.</param>
    /// <returns>Whether something changed.</returns>
    public bool Write(IReadOnlyDictionary<string, PayloadFile> files, Action<string> prepare)
    {
        files = files.ToDictionary(file => Clean(file.Key), file => file.Value);
        var link = Path.Combine(target, DataLink);
        var old = new FileInfo(link).LinkTarget;
        if (old is not null && IsSame(Path.Combine(target, old), files))
        {
            // A kubelet may have ended between the files and the links to them.
            UpdateLinks(files);
            return false;
        }

        Replace(link, files, prepare);
        return true;
    }

    private void Replace(string link, IReadOnlyDictionary<string, PayloadFile> files, Action<string> prepare)
    {
        var name = $"..{time.GetUtcNow():yyyy_MM_dd_HH_mm_ss}.{time.GetUtcNow().Ticks % TimeSpan.TicksPerSecond:D7}";
        var directory = Path.Combine(target, name);
        try
        {
            WriteAll(directory, files);
            prepare(directory);
        }
        catch
        {
            // As on a full disk: half of it would take room for ever.
            if (Directory.Exists(directory))
            {
                Directory.Delete(directory, recursive: true);
            }

            throw;
        }

        var temporary = Path.Combine(target, NewDataLink);
        File.Delete(temporary);
        File.CreateSymbolicLink(temporary, name);
        linux.Rename(temporary, link);
        UpdateLinks(files);
        foreach (var stale in Directory.GetDirectories(target, "..2*").Where(d => Path.GetFileName(d) != name))
        {
            Directory.Delete(stale, recursive: true);
        }
    }

    /// <returns>The path without detours to where it is.</returns>
    private static string Clean(string path)
    {
        if (path.Length == 0 || path.StartsWith('/') || path.Split('/').Contains("..") || path.StartsWith("..", StringComparison.Ordinal))
        {
            throw new VolumeFailure($"invalid path: {path} must be relative and must not contain or start with '..'");
        }

        return string.Join('/', path.Split('/').Where(part => part is not ("" or ".")));
    }

    private static bool IsSame(string directory, IReadOnlyDictionary<string, PayloadFile> files)
    {
        if (!Directory.Exists(directory))
        {
            return false;
        }

        var present = Directory.GetFiles(directory, "*", SearchOption.AllDirectories);
        return present.Length == files.Count && present.All(path =>
            files.TryGetValue(Path.GetRelativePath(directory, path), out var wanted) && File.ReadAllBytes(path).AsSpan().SequenceEqual(wanted.Data));
    }

    private void WriteAll(string directory, IReadOnlyDictionary<string, PayloadFile> files)
    {
        CreateDirectory(directory);
        foreach (var (path, file) in files)
        {
            var full = Path.Combine(directory, path);
            CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(full, file.Data);
            File.SetUnixFileMode(full, (UnixFileMode)file.Mode);
            if (file.User is { } user)
            {
                linux.ChangeOwner(full, user, null);
            }
        }
    }

    /// <summary>Whatever the process's umask is, containers of any user must be able to enter.</summary>
    private static void CreateDirectory(string path)
    {
        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path);
            File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        }
    }

    private void UpdateLinks(IReadOnlyDictionary<string, PayloadFile> files)
    {
        var wanted = files.ToLookup(file => file.Key.Split('/')[0], file => file.Value.User);
        foreach (var link in wanted)
        {
            UpdateLink(link.Key, link.FirstOrDefault(user => user is not null));
        }

        // What is no link is the place of another volume's mount, and may be one just now.
        foreach (var entry in new DirectoryInfo(target).GetFileSystemInfos().Where(e => e.LinkTarget is not null && !e.Name.StartsWith("..", StringComparison.Ordinal)))
        {
            if (!wanted.Contains(entry.Name))
            {
                entry.Delete();
            }
        }
    }

    /// <summary>The link to a file that is somebody's own is that user's too.</summary>
    private void UpdateLink(string name, uint? user)
    {
        var link = Path.Combine(target, name);
        if (Directory.Exists(link) && new FileInfo(link).LinkTarget is null)
        {
            return;
        }

        if (new FileInfo(link).LinkTarget is null)
        {
            File.CreateSymbolicLink(link, Path.Combine(DataLink, name));
        }

        if (user is not null)
        {
            linux.ChangeOwner(link, user, null);
        }
    }
}
