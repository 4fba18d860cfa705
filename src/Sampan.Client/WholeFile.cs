using System.Text;

namespace Sampan.Client;

/// <summary>Files that are replaced as a whole: whoever reads one, after a crash too, sees what was there before or what is there now.</summary>
public static class WholeFile
{
    /// <summary>For files that hold secrets.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <inheritdoc cref="Write(string, ReadOnlySpan{byte}, UnixFileMode?)"/>
    public static void Write(string path, string text, UnixFileMode? mode = null) => Write(path, Encoding.UTF8.GetBytes(text), mode);

    /// <param name="path">The file; its directory is made where it is missing.</param>
    /// <param name="content">All that it will hold.</param>
    /// <param name="mode">Who may read it; null for the process's usual mode.</param>
    /// <exception cref="IOException">It could not be written, as on a full disk; the file is as it was.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode? mode = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var fresh = path + ".new";
        try
        {
            File.Delete(fresh);
            using (var file = new FileStream(fresh, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode }))
            {
                file.Write(content);
            }

            File.Move(fresh, path, overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(fresh);
            throw;
        }
    }
}
