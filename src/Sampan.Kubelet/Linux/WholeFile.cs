using System.Text;

namespace Sampan.Kubelet.Linux;

/// <summary>Files that are replaced as a whole: whoever reads one, after a crash too, sees what was there before or what is there now.</summary>
internal static class WholeFile
{
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <exception cref="IOException">It could not be written, as on a full disk; the file is as it was.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var fresh = path + ".new";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(fresh, content);
            File.Move(fresh, path, overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(fresh);
            throw;
        }
    }
}
