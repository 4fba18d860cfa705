using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sampan.Api.Codec;
using Sampan.Client;
using Sampan.Client.Metrics;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Explain;

/// <summary>
/// POST <see cref="Path"/>: explanations for other tools, with the rights of the caller.
/// <code>
/// {"namespace": "default", "name": "web-1"}                  a pod that exists
/// {"manifests": [{"kind": "Deployment", …}]}                 pods that don't
/// {"withoutNodes": ["n1"]}                                   where the pods of n1 would go; goes with the two above as well
/// </code>
/// The answer is <c>{"explanations": [ … ]}</c>.
/// </summary>
public static class ExplainEndpoint
{
    public const string Path = "/scheduling/explain";

    /// <param name="http">The request.</param>
    /// <param name="client">With the rights of the caller.</param>
    /// <param name="profiles">Makes the scheduler's profiles anew; null: the default one.</param>
    /// <param name="time">The clock.</param>
    public static async Task HandleAsync(HttpContext http, ApiClient client, Func<IReadOnlyList<Profile>>? profiles, TimeProvider time)
    {
        try
        {
            if (!HttpMethods.IsPost(http.Request.Method)) throw StatusException.MethodNotSupported(new("", "explanations"), http.Request.Method);
            var body = await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) as JsonObject ?? throw new FormatException("the body is no JSON object");
            var request = await RequestOf(client, body, http.RequestAborted);
            var explanations = await new SchedulingExplainer(client, profiles?.Invoke() ?? [Profile.Default()], time).ExplainAsync(request, http.RequestAborted);
            await http.WriteJsonAsync(ExplanationJson.Write(explanations));
        }
        catch (StatusException e)
        {
            await FailAsync(http, e);
        }
        catch (ApiConnectionException e)
        {
            await FailAsync(http, StatusException.InternalError(e.Message));
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            await FailAsync(http, StatusException.BadRequest(e.Message));
        }
    }

    /// <summary>The same on a port of the scheduler's own, which knows nobody: the caller's token is passed on to the API server.</summary>
    /// <param name="config">How the scheduler itself reaches the API server.</param>
    /// <param name="profiles">Makes the scheduler's profiles anew.</param>
    /// <param name="time">The clock.</param>
    public static Func<HttpContext, Task> ForTokens(ClientConfig config, Func<IReadOnlyList<Profile>> profiles, TimeProvider time) => async http =>
    {
        const string scheme = "Bearer ";
        if (http.Request.Headers.Authorization.ToString() is not { } given || !given.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            await FailAsync(http, StatusException.Unauthorized("the API server has to know who asks: send a bearer token"));
            return;
        }
        await using var client = new ApiClient(config.As(given[scheme.Length..].Trim()), time);
        await HandleAsync(http, client, profiles, time);
    };

    private static async Task<ExplainRequest> RequestOf(ApiClient client, JsonObject body, CancellationToken ct)
    {
        var (ns, name) = ((string?)body["namespace"] ?? "default", (string?)body["name"]);
        var manifests = body["manifests"] is JsonArray given ? given.OfType<JsonNode>() : [];
        var request = new ExplainRequest
        {
            Pod = name is null ? null : (ns, name),
            Manifests = await ManifestPods.ReadAsync(client, manifests, ns, ct),
            WithoutNodes = body["withoutNodes"] is JsonArray nodes ? [.. nodes.Select(n => (string?)n ?? "")] : [],
        };
        return request is { Pod: null, Manifests.Count: 0, WithoutNodes.Count: 0 }
            ? throw new FormatException("name a pod (namespace, name), manifests, or withoutNodes")
            : request;
    }

    private static async Task FailAsync(HttpContext http, StatusException e)
    {
        http.Response.StatusCode = e.Status.Code;
        http.Response.ContentType = MediaTypes.Json;
        await http.Response.Body.WriteAsync(JsonCodec.Encode(e.Status), http.RequestAborted);
    }
}
