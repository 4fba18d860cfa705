using System.Text.RegularExpressions;

namespace Sampan.Kubelet.Images;

/// <summary>The name of an image as users write it.</summary>
internal static partial class ImageName
{
    public const string DockerHub = "docker.io";

    /// <summary>What pull secrets call Docker Hub.</summary>
    public const string DockerHubIndex = "index.docker.io";

    /// <summary>The name with <c>:latest</c> where it has neither tag nor digest; null when it is no image name.</summary>
    public static string? WithDefaultTag(string image)
    {
        var match = Reference().Match(image);
        if (!match.Success || Identifier().IsMatch(image))
        {
            return null;
        }

        return match.Groups["tag"].Success || match.Groups["digest"].Success ? image : image + ":latest";
    }

    /// <summary>Why something is no image name. Upstream: github.com/distribution/reference, ParseNormalizedNamed.</summary>
    public static string ProblemOf(string image)
    {
        if (Identifier().IsMatch(image))
        {
            return $"invalid repository name ({image}), cannot specify 64-byte hexadecimal strings";
        }

        var path = PathOf(image).Split(':')[0];
        return path.Any(char.IsUpper) ? $"invalid reference format: repository name ({path}) must be lowercase" : "invalid reference format";
    }

    /// <summary>What follows the registry; of an image of Docker Hub with the name of its library.</summary>
    private static string PathOf(string image)
    {
        var slash = image.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : image[..slash];
        return slash < 0 ? $"library/{image}"
            : first is DockerHub or DockerHubIndex || Registry(image) != DockerHub || first.Any(char.IsUpper) ? image[(slash + 1)..]
            : image;
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
        return first == "localhost" || first.AsSpan().IndexOfAny('.', ':') >= 0 ? first : DockerHub;
    }

    /// <summary>In full, without tag and digest: <c>busybox:1</c> is <c>docker.io/library/busybox</c>.</summary>
    public static string Repository(string image)
    {
        var name = image.Split('@')[0];
        var colon = name.LastIndexOf(':');
        name = colon > name.LastIndexOf('/') ? name[..colon] : name;
        var first = name.Split('/')[0];
        if (Registry(name) is not (DockerHub or DockerHubIndex))
        {
            return name;
        }

        var path = first is DockerHub or DockerHubIndex ? name[(first.Length + 1)..] : name;
        return path.Contains('/', StringComparison.Ordinal) ? $"{DockerHub}/{path}" : $"{DockerHub}/library/{path}";
    }

    [GeneratedRegex(
        """
        ^(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]+)?/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?<tag>:[\w][\w.-]{0,127})?(?<digest>@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Reference();

    /// <summary>Runtimes give images such names themselves.</summary>
    [GeneratedRegex("^[a-f0-9]{64}$")]
    private static partial Regex Identifier();
}
