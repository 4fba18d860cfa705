using System.Text.RegularExpressions;

namespace Sampan.Kubelet.Images;

/// <summary>The name of an image as users write it.</summary>
internal static partial class ImageName
{
    /// <summary>The name with <c>:latest</c> where it has neither tag nor digest; null when it is no image name.</summary>
    public static string? WithDefaultTag(string image)
    {
        var match = Reference().Match(image);
        if (!match.Success)
        {
            return null;
        }

        return match.Groups["tag"].Success || match.Groups["digest"].Success ? image : image + ":latest";
    }

    /// <summary>An image without a tag, or with <c>:latest</c>, is pulled each time; others when missing.</summary>
    public static string DefaultPullPolicy(string image) =>
        WithDefaultTag(image) is { } name && name.EndsWith(":latest", StringComparison.Ordinal) && !name.Contains('@', StringComparison.Ordinal)
            ? "Always"
            : "IfNotPresent";

    /// <summary>The registry's host, where the first part looks like one; else Docker Hub's.</summary>
    public static string Registry(string image)
    {
        var slash = image.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : image[..slash];
        return first == "localhost" || first.AsSpan().IndexOfAny('.', ':') >= 0 ? first : "docker.io";
    }

    /// <summary>As it is written, without tag and digest.</summary>
    public static string Repository(string image)
    {
        var name = image.Split('@')[0];
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name[..colon] : name;
    }

    [GeneratedRegex(
        """
        ^(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]+)?/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?<tag>:[\w][\w.-]{0,127})?(?<digest>@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Reference();
}
