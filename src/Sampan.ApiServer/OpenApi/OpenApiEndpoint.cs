using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Sampan.ApiServer.OpenApi;

/// <summary>Answers GET /openapi/v2, /openapi/v3 and /openapi/v3/{path}, as JSON or protobuf.</summary>
internal sealed class OpenApiEndpoint(OpenApiSnapshot snapshot, TimeProvider time)
{
    private const string Json = "application/json";
    private const string Proto = "application/com.github.proto-openapi.spec.";
    private const string Prefix = "/openapi/v3/";

    /// <summary>The paths that are the same whatever is served.</summary>
    public static IReadOnlyList<string> Paths { get; } = ["/openapi/v2", "/openapi/v3"];

    private volatile OpenApiSnapshot _snapshot = snapshot;

    /// <summary>Serves another set of resources from now on.</summary>
    public void Replace(OpenApiSnapshot snapshot) => _snapshot = snapshot;

    /// <summary>True when the path is one of OpenAPI's; then the answer has been written.</summary>
    public async ValueTask<bool> TryAnswerAsync(HttpContext context)
    {
        var path = (context.Request.Path.Value ?? "").TrimEnd('/');
        var current = _snapshot;
        if (path == "/openapi/v2")
            await AnswerAsync(context, current.V2, "v2");
        else if (path == "/openapi/v3")
            await WriteAsync(context, current.Index, Json);
        else if (path.StartsWith(Prefix, StringComparison.Ordinal) && current.Find(path[Prefix.Length..]) is { } document)
            await AnswerVersionAsync(context, document);
        else
            return false;
        return true;
    }

    /// <summary>A URL with the right hash never changes its content; one with an old hash leads to the right one.</summary>
    private async Task AnswerVersionAsync(HttpContext context, OpenApiDocument document)
    {
        var hash = context.Request.Query["hash"].ToString();
        if (hash.Length > 0 && hash != document.Hash)
        {
            context.Response.Redirect($"{context.Request.Path}?hash={document.Hash}", permanent: true);
            return;
        }

        if (hash.Length > 0)
        {
            context.Response.Headers.CacheControl = "public, immutable";
            context.Response.Headers.Expires = time.GetUtcNow().AddYears(1).ToString("R");
        }

        await AnswerAsync(context, document, "v3");
    }

    private static async Task AnswerAsync(HttpContext context, OpenApiDocument document, string version)
    {
        context.Response.Headers.Vary = "Accept";
        if (Choose(context.Request, version) is not { } isProto)
        {
            context.Response.StatusCode = StatusCodes.Status406NotAcceptable;
            return;
        }

        context.Response.Headers.ETag = document.ETag;
        if (context.Request.Headers.IfNoneMatch.ToString().Contains(document.Hash, StringComparison.Ordinal))
            context.Response.StatusCode = StatusCodes.Status304NotModified;
        else if (isProto)
            await WriteAsync(context, document.Proto, $"{Proto}{version}.v1.0+protobuf");
        else
            await WriteAsync(context, document.Json, Json);
    }

    /// <summary>
    /// Whether protobuf is the first acceptable form; null when none is. Older clients write the type with an @,
    /// which is not valid in a media type, so the header is read as text.
    /// </summary>
    private static bool? Choose(HttpRequest request, string version)
    {
        var accept = request.Headers.Accept.ToString();
        if (accept.Trim().Length == 0)
            return false;
        foreach (var clause in accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var type = clause.Split(';')[0].Trim();
            if (type == $"{Proto}{version}.v1.0+protobuf" || type == $"{Proto}{version}@v1.0+protobuf")
                return true;
            if (type is Json or "*/*" or "application/*")
                return false;
        }

        return null;
    }

    private static async Task WriteAsync(HttpContext context, byte[] bytes, string contentType)
    {
        context.Response.Headers[HeaderNames.ContentType] = contentType;
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
