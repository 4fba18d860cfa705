using System.Security.Cryptography;
using System.Text;
using Sampan.Api;

namespace Sampan.ApiServer.Discovery;

/// <summary>One resource of one version as clients find it.</summary>
internal sealed record ServedResource
{
    public required string Group { get; init; }

    public required string Version { get; init; }

    /// <summary>The name in paths, such as <c>deployments</c>.</summary>
    public required string Plural { get; init; }

    public required string Singular { get; init; }

    public required string Kind { get; init; }

    public bool Namespaced { get; init; }

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public IReadOnlyList<string> Verbs { get; init; } = [];

    public IReadOnlyList<SubresourceInfo> Subresources { get; init; } = [];

    /// <summary>Changes when objects are stored in another version; null for what is not stored.</summary>
    public string? StorageVersionHash { get; init; }

    /// <summary>The model's kind; null for custom resources.</summary>
    public KindInfo? Model { get; init; }

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>A built-in kind; <paramref name="stored"/> is the version in which its objects are kept, if they are (those can be watched).</summary>
    public static ServedResource Of(KindInfo kind, KindInfo? stored) => new()
    {
        Group = kind.Group,
        Version = kind.Version,
        Plural = kind.Plural,
        Singular = kind.Singular,
        Kind = kind.Kind,
        Namespaced = kind.Namespaced,
        ShortNames = kind.ShortNames,
        Categories = kind.Categories,
        Verbs = kind.Verbs,
        Subresources = kind.Subresources,
        StorageVersionHash = stored is null || !kind.Verbs.Contains("watch") ? null : HashOf(StorageVersions.PublishedOf(stored)),
        Model = kind,
    };

    /// <summary>The first eight bytes of a hash of <c>group/version/kind</c>, in base64.</summary>
    public static string HashOf(GroupVersionKind kind)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind.Group}/{kind.Version}/{kind.Kind}"));
        return Convert.ToBase64String(hash.AsSpan(0, 8));
    }
}
