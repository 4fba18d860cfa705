using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Sampan.Api;

namespace Sampan.ApiServer.Discovery;

/// <summary>
/// Answers GET /api, /apis, /apis/{group} and /apis/{group}/{version}. The client's Accept header chooses between
/// the plain documents and the aggregated one, and between JSON and protobuf.
/// </summary>
internal sealed class DiscoveryEndpoint(DiscoverySnapshot snapshot)
{
    private const string Json = "application/json";
    private const string Proto = "application/vnd.kubernetes.protobuf";
    private const string Group = "apidiscovery.k8s.io";
    private const string List = "APIGroupDiscoveryList";

    private volatile DiscoverySnapshot _snapshot = snapshot;

    /// <summary>The paths that it answers.</summary>
    public IEnumerable<string> Paths => _snapshot.Paths;

    /// <summary>Serves another set of resources from now on.</summary>
    public void Replace(DiscoverySnapshot snapshot) => _snapshot = snapshot;

    /// <summary>True when the path is one of discovery's; then the answer has been written.</summary>
    public async ValueTask<bool> TryAnswerAsync(HttpContext context)
    {
        var path = (context.Request.Path.Value ?? "").TrimEnd('/');
        var current = _snapshot;
        if (current.Find(path) is not { } plain)
            return false;
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            throw StatusException.GenericMethodNotAllowed();
        foreach (var accepted in Accepted(context.Request))
        {
            if (TypeOf(accepted) is not { } type)
                continue;
            if (AggregatedVersion(accepted) is { } version)
            {
                if (current.FindAggregated(path, version) is not { } aggregated)
                    continue;
                context.Response.Headers.ETag = aggregated.ETag;
                await WriteAsync(context, aggregated, type, $"{type};g={Group};v={version};as={List}");
                return true;
            }

            await WriteAsync(context, plain, type, type);
            return true;
        }

        await WriteAsync(context, plain, Json, Json);
        return true;
    }

    private static IEnumerable<MediaTypeHeaderValue> Accepted(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var parsed)
            ? parsed.OrderByDescending(t => t.Quality ?? 1)
            : [];

    private static string? TypeOf(MediaTypeHeaderValue accepted) => accepted.MediaType.Value switch
    {
        "*/*" or "application/*" or Json => Json,
        Proto => Proto,
        _ => null,
    };

    private static string? AggregatedVersion(MediaTypeHeaderValue accepted) =>
        Parameter(accepted, "g") == Group && Parameter(accepted, "as") == List ? Parameter(accepted, "v") : null;

    private static string? Parameter(MediaTypeHeaderValue accepted, string name) =>
        accepted.Parameters.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value.Value;

    private static async Task WriteAsync(HttpContext context, DiscoveryDocument document, string type, string contentType)
    {
        context.Response.Headers.Vary = "Accept";
        if (context.Response.Headers.ETag.Count > 0 && context.Request.Headers.IfNoneMatch.ToString() == document.ETag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var bytes = type == Proto ? document.Proto : document.Json;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
