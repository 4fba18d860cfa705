namespace Sampan.ApiServer.Patch;

/// <summary>A path into a JSON document, RFC 6901: segments after slashes, "~1" for a slash and "~0" for a tilde.</summary>
internal sealed class JsonPointer
{
    private JsonPointer(string[] parents, string key)
    {
        Parents = parents;
        Key = key;
    }

    /// <summary>The way to the container of the value.</summary>
    public IReadOnlyList<string> Parents { get; }

    /// <summary>The value's name or index in its container.</summary>
    public string Key { get; }

    /// <summary>Null for the document as a whole and for text that is no pointer: no operation can reach those.</summary>
    public static JsonPointer? Parse(string? text)
    {
        if (text is null || !text.StartsWith('/'))
        {
            return null;
        }

        string[] segments = [.. text[1..].Split('/').Select(Unescape)];
        return new JsonPointer(segments[..^1], segments[^1]);
    }

    private static string Unescape(string segment) => segment
        .Replace("~1", "/", StringComparison.Ordinal)
        .Replace("~0", "~", StringComparison.Ordinal);
}
