using System.Text.RegularExpressions;

namespace Sampan.Kubelet.Volumes.LocalPath;

/// <summary>This node's directories for volumes, all in one; only what has such a name can be made or deleted.</summary>
public sealed partial class LocalVolumes(string root)
{
    private const UnixFileMode Everyone = (UnixFileMode)0b111_111_111;

    public static bool IsName(string volume) => Name().IsMatch(volume);

    public string Create(string volume)
    {
        var path = PathOf(volume);
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, Everyone);
        return path;
    }

    public void Delete(string volume)
    {
        var path = PathOf(volume);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private string PathOf(string volume) =>
        IsName(volume) ? Path.Combine(root, volume) : throw new ArgumentException($"\"{volume}\" is no name of a volume", nameof(volume));

    [GeneratedRegex("^pvc-[0-9a-f-]+$")]
    private static partial Regex Name();
}
