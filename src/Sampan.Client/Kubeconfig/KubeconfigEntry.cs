using YamlDotNet.RepresentationModel;

namespace Sampan.Client;

/// <summary>One named cluster, user or context, with the directory its relative file names start from.</summary>
internal sealed record KubeconfigEntry(string Name, YamlMappingNode Body, string Directory)
{
    public string? Text(string field) => Body.Text(field);

    public bool Flag(string field) => Text(field) == "true";

    /// <summary>A file name, made absolute.</summary>
    public string? File(string field) => Text(field) is { Length: > 0 } path ? Path.GetFullPath(path, Directory) : null;

    /// <summary>A base64 field, decoded as text.</summary>
    public string? Data(string field)
    {
        if (Text(field) is not { Length: > 0 } encoded) return null;
        try
        {
            return System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(encoded));
        }
        catch (FormatException e)
        {
            throw new KubeconfigException($"{field} of \"{Name}\" is not valid base64", e);
        }
    }
}
