using System.Text;

namespace Sampan.Client;

/// <summary>A request to an API server, before any encoding. Either <see cref="Resource"/> or <see cref="RawPath"/> is set.</summary>
public sealed record ApiRequest
{
    private static readonly GroupVersionResource NoResource = new("", "", "");

    /// <summary>A verb of <see cref="ApiVerbs"/>; for raw paths the lower-case HTTP method.</summary>
    public required string Verb { get; init; }

    public GroupVersionResource Resource { get; init; } = NoResource;

    /// <summary>The namespace; null or empty for cluster scope and for all namespaces.</summary>
    public string? Namespace { get; init; }

    public string? Name { get; init; }

    public string? Subresource { get; init; }

    /// <summary>The path of a request that is not for a resource, such as <c>/version</c>, or that is already spelled out.</summary>
    public string? RawPath { get; init; }

    /// <summary>Query parameters, not escaped.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    public ApiContent? Content { get; init; }

    public ObjectForm Form { get; init; }

    /// <summary>Overrides the media type asked for (<c>Accept</c>).</summary>
    public string? Accept { get; init; }

    public string Method => ApiVerbs.Method(Verb);

    /// <summary>The escaped URL path, without the query.</summary>
    public string Path => RawPath ?? BuildPath();

    /// <summary>The escaped path with its query.</summary>
    public string PathAndQuery
    {
        get
        {
            if (Query.Count == 0) return Path;
            var builder = new StringBuilder(Path);
            var separator = '?';
            foreach (var (key, value) in Query)
            {
                builder.Append(separator).Append(Uri.EscapeDataString(key)).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }

            return builder.ToString();
        }
    }

    public override string ToString() => $"{Method} {PathAndQuery}";

    private string BuildPath()
    {
        var builder = new StringBuilder(Resource.Group.Length == 0 ? "/api/" : "/apis/");
        if (Resource.Group.Length > 0) builder.Append(Resource.Group).Append('/');
        builder.Append(Resource.Version);
        if (!string.IsNullOrEmpty(Namespace)) builder.Append("/namespaces/").Append(Uri.EscapeDataString(Namespace));
        builder.Append('/').Append(Resource.Resource);
        if (!string.IsNullOrEmpty(Name)) builder.Append('/').Append(Uri.EscapeDataString(Name));
        if (!string.IsNullOrEmpty(Subresource)) builder.Append('/').Append(Subresource);
        return builder.ToString();
    }
}
