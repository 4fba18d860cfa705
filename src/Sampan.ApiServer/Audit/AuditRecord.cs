using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Http;

namespace Sampan.ApiServer.Audit;

/// <summary>What is recorded of one request; written once per stage.</summary>
internal sealed class AuditRecord(ApiRequest request, AuditRule rule, DateTimeOffset received)
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private readonly UserInfo _user = request.User;

    public AuditRule Rule => rule;

    public JsonNode? RequestObject { get; set; }

    public JsonNode? ResponseObject { get; set; }

    /// <summary>A refusal; its text is part of the event.</summary>
    public Status? Failure { get; set; }

    public int StatusCode { get; set; }

    /// <summary>That a long answer began is recorded, or will not be.</summary>
    public bool HasStarted { get; set; }

    public byte[] Write(AuditStage stage, DateTimeOffset now)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(output, JsonCodec.WriterOptions))
        {
            json.WriteStartObject();
            WriteHead(json, stage);
            WriteUser(json, "user", _user);
            if (!ReferenceEquals(request.User, _user))
            {
                WriteUser(json, "impersonatedUser", request.User);
            }
            if (request.ImpersonationConstraint.Length > 0)
            {
                json.WriteStartObject("authenticationMetadata");
                json.WriteString("impersonationConstraint", request.ImpersonationConstraint);
                json.WriteEndObject();
            }
            WriteSource(json);
            WriteObjectRef(json);
            if (stage != AuditStage.RequestReceived)
            {
                WriteResponse(json);
            }
            json.WriteString("requestReceivedTimestamp", received.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
            json.WriteString("stageTimestamp", now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
            WriteAnnotations(json);
            json.WriteEndObject();
        }
        return output.WrittenSpan.ToArray();
    }

    private void WriteHead(Utf8JsonWriter json, AuditStage stage)
    {
        json.WriteString("kind", "Event");
        json.WriteString("apiVersion", "audit.k8s.io/v1");
        json.WriteString("level", rule.Level.ToString());
        json.WriteString("auditID", request.AuditId);
        json.WriteString("stage", stage.ToString());
        json.WriteString("requestURI", request.Http.Request.Path.ToUriComponent() + request.Http.Request.QueryString);
        json.WriteString("verb", request.Info.Verb);
    }

    private static void WriteUser(Utf8JsonWriter json, string name, UserInfo user)
    {
        json.WriteStartObject(name);
        WriteText(json, "username", user.Name);
        WriteText(json, "uid", user.Uid);
        WriteTexts(json, "groups", user.Groups);
        if (user.Extra.Count > 0)
        {
            json.WriteStartObject("extra");
            foreach (var (key, values) in user.Extra)
            {
                WriteTexts(json, key, values);
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private void WriteSource(Utf8JsonWriter json)
    {
        var forwarded = request.Http.Request.Headers["X-Forwarded-For"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        WriteTexts(json, "sourceIPs", [.. forwarded, request.Http.Connection.RemoteIpAddress?.ToString() ?? "::1"]);
        WriteText(json, "userAgent", request.Http.Request.Headers.UserAgent.ToString());
    }

    private void WriteObjectRef(Utf8JsonWriter json)
    {
        var info = request.Info;
        if (!info.IsResourceRequest)
        {
            return;
        }
        var meta = (RequestObject as JsonObject)?["metadata"] as JsonObject;
        json.WriteStartObject("objectRef");
        WriteText(json, "resource", info.Resource);
        WriteText(json, "namespace", info.Namespace);
        WriteText(json, "name", info.Name.Length > 0 ? info.Name : (string?)meta?["name"]);
        WriteText(json, "uid", (string?)meta?["uid"]);
        WriteText(json, "apiGroup", info.ApiGroup);
        WriteText(json, "apiVersion", info.ApiVersion);
        WriteText(json, "resourceVersion", (string?)meta?["resourceVersion"]);
        WriteText(json, "subresource", info.Subresource);
        json.WriteEndObject();
    }

    private void WriteResponse(Utf8JsonWriter json)
    {
        json.WriteStartObject("responseStatus");
        json.WriteStartObject("metadata");
        json.WriteEndObject();
        if (Failure is { } failure)
        {
            WriteText(json, "status", failure.StatusValue);
            WriteText(json, "message", failure.Message);
            WriteText(json, "reason", failure.Reason);
        }
        json.WriteNumber("code", StatusCode);
        json.WriteEndObject();
        WriteObject(json, "requestObject", RequestObject);
        WriteObject(json, "responseObject", ResponseObject);
    }

    private void WriteObject(Utf8JsonWriter json, string name, JsonNode? value)
    {
        if (value is null)
        {
            return;
        }
        if (rule.OmitManagedFields)
        {
            Strip(value);
            ((value as JsonObject)?["items"] as JsonArray)?.ToList().ForEach(Strip);
        }
        json.WritePropertyName(name);
        value.WriteTo(json);
    }

    private static void Strip(JsonNode? value) => ((value as JsonObject)?["metadata"] as JsonObject)?.Remove("managedFields");

    private void WriteAnnotations(Utf8JsonWriter json)
    {
        if (request.AuditAnnotations is not { Count: > 0 } annotations)
        {
            return;
        }
        json.WriteStartObject("annotations");
        foreach (var (key, value) in annotations.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }
        json.WriteEndArray();
    }
}
