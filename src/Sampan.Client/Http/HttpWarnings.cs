using System.Net.Http.Headers;

namespace Sampan.Client.Http;

internal static class HttpWarnings
{
    public static IReadOnlyList<string> Of(HttpResponseHeaders headers) => headers.NonValidated.Contains("Warning")
        ? headers.Warning.Select(w => w.Text.Trim('"').Replace("\\\"", "\"", StringComparison.Ordinal)).ToArray()
        : [];
}
