using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sampan.Api.Codec;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Http.Negotiation;
using WireFormat = Sampan.ApiServer.Http.Negotiation.WireFormat;

namespace Sampan.ApiServer.Tracing;

/// <summary>The spans that say of which request they are: of its verb and of its answer. Upstream: endpoints/handlers.</summary>
internal static class RequestSpans
{
    private const int MaxUserAgent = 1024;

    /// <summary>The handling of a verb; null when the request is not traced, or lasts as long as its client likes.</summary>
    public static Activity? StartVerb(ApiRequest request)
    {
        if (request.IsLongRunning || NameOf(request.Info.Verb) is not { } name || Spans.Start(name) is not { } span)
        {
            return null;
        }
        var http = request.Http.Request;
        return span
            .SetTag("accept", http.Headers.Accept.ToString())
            .SetTag(Spans.AuditId, request.AuditId)
            .SetTag("client", ClientOf(request.Http))
            .SetTag("protocol", ProtocolOf(http))
            .SetTag("resource", request.Info.Resource)
            .SetTag("scope", request.Info.Scope)
            .SetTag("subresource", request.Info.Subresource)
            .SetTag("url", http.Path.Value)
            .SetTag("user-agent", Truncated(http.Headers.UserAgent.ToString()))
            .SetTag("verb", request.Info.Verb);
    }

    /// <summary>The writing of an answer.</summary>
    public static Activity? StartSerialization(HttpContext http)
    {
        if (Spans.Start("SerializeObject") is not { } span)
        {
            return null;
        }
        var (request, format) = (ApiRequest.Of(http), AnswerFormat.ForError(http.Request));
        return span
            .SetTag(Spans.AuditId, request.AuditId)
            .SetTag("method", http.Request.Method)
            .SetTag("url", http.Request.Path.Value)
            .SetTag("protocol", ProtocolOf(http.Request))
            .SetTag("mediaType", format.ContentType)
            .SetTag("encoder", EncoderOf(request.Info, format));
    }

    private static string? NameOf(string verb) => verb switch
    {
        "create" => "Create",
        "get" => "Get",
        "list" => "List",
        "update" => "Update",
        "patch" => "Patch",
        "delete" or "deletecollection" => "Delete",
        _ => null,
    };

    /// <summary>Go writes the minor version of every protocol.</summary>
    private static string ProtocolOf(HttpRequest request) => HttpProtocol.IsHttp2(request.Protocol) ? "HTTP/2.0" : request.Protocol;

    private static string Truncated(string agent) => agent.Length > MaxUserAgent ? $"{agent[..MaxUserAgent]}...TRUNCATED" : agent;

    /// <summary>Who asked, as proxies tell it, or else who connected.</summary>
    private static string? ClientOf(HttpContext http)
    {
        var (forwarded, real) = (http.Request.Headers["X-Forwarded-For"].ToString().Split(',')[0], http.Request.Headers["X-Real-Ip"].ToString());
        return (IPAddress.TryParse(forwarded.Trim(), out var client) || IPAddress.TryParse(real, out client) ? client : http.Connection.RemoteIpAddress)?.ToString();
    }

    /// <summary>An encoder is named by what it is made of: here by the version it encodes to and the format.</summary>
    private static string EncoderOf(RequestInfo info, AnswerFormat format) => Text(new JsonObject
    {
        ["encodeGV"] = info.ApiGroup.Length == 0 ? info.ApiVersion : $"{info.ApiGroup}/{info.ApiVersion}",
        ["encoder"] = format.Format == WireFormat.Protobuf ? "protobuf" : JsonEncoderOf(format),
        ["name"] = "versioning",
    });

    private static string JsonEncoderOf(AnswerFormat format) => Text(new JsonObject
    {
        ["name"] = "json",
        ["pretty"] = format.Pretty ? "true" : "false",
        ["strict"] = "false",
        ["yaml"] = format.Format == WireFormat.Yaml ? "true" : "false",
    });

    private static string Text(JsonObject identifier) => Encoding.UTF8.GetString(JsonTree.Encode(identifier));
}
