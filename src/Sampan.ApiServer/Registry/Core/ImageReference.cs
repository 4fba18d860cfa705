namespace Sampan.ApiServer.Registry.Core;

/// <summary>Reads the tag of an image's name.</summary>
internal static class ImageReference
{
    /// <summary>registry:5000/web:1.2 → 1.2; without tag and digest → latest; with a digest only → "".</summary>
    public static string TagOf(string image)
    {
        var at = image.IndexOf('@', StringComparison.Ordinal);
        var name = at < 0 ? image : image[..at];
        var colon = name.LastIndexOf(':');
        if (colon > name.LastIndexOf('/'))
        {
            return name[(colon + 1)..];
        }
        return at < 0 ? "latest" : "";
    }
}
