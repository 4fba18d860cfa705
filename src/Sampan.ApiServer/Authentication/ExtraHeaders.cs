using Microsoft.AspNetCore.Http;

namespace Sampan.ApiServer.Authentication;

/// <summary>Headers such as <c>Impersonate-Extra-Scopes: dev</c>: the name after the prefix is a key of the user's extra.</summary>
internal static class ExtraHeaders
{
    public static Dictionary<string, IReadOnlyList<string>> Read(IHeaderDictionary headers, string prefix)
    {
        var extra = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (name, values) in headers)
        {
            if (!name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) || name.Length == prefix.Length)
                continue;
            var key = Uri.UnescapeDataString(name[prefix.Length..].ToLowerInvariant());
            extra[key] = [.. extra.GetValueOrDefault(key, []), .. values.OfType<string>()];
        }

        return extra;
    }
}
