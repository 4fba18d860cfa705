using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Http.Resources;
using Sampan.ApiServer.Registry;

namespace Sampan.ApiServer.Audit;

/// <summary>Reads the objects that a request carries and that answer it, as JSON trees.</summary>
internal sealed class AuditBodies(Func<ResourceCatalog> catalog)
{
    private const string Protobuf = "application/vnd.kubernetes.protobuf";

    /// <summary>Reads the body and puts it back for the handler.</summary>
    public async ValueTask<JsonNode?> RequestAsync(ApiRequest request)
    {
        if (request.Loopback is { } loopback)
        {
            return Tree(loopback.Body);
        }
        if (request.IsLongRunning || request.Info.Verb is not ("create" or "update" or "patch" or "delete" or "deletecollection"))
        {
            return null;
        }
        var bytes = await RequestBody.ReadAsync(request);
        request.Http.Request.Body = new MemoryStream(bytes.ToArray(), writable: false);
        return Tree(request, bytes, request.Http.Request.ContentType);
    }

    /// <summary>Keeps a copy of what the handler answers.</summary>
    public static AuditTee? Tee(ApiRequest request)
    {
        if (request.IsLongRunning || request.Loopback is not null || request.Http.Features.Get<IHttpResponseBodyFeature>() is not { } feature)
        {
            return null;
        }
        // What is recorded must be readable.
        request.Http.Request.Headers.Remove("Accept-Encoding");
        var tee = new AuditTee(feature.Stream);
        var copying = new StreamResponseBodyFeature(tee, feature);
        request.Http.Features.Set<IHttpResponseBodyFeature>(copying);
        tee.EndAsync = async () =>
        {
            await copying.CompleteAsync();
            request.Http.Features.Set(feature);
        };
        return tee;
    }

    public JsonNode? Response(ApiRequest request, AuditTee? tee) =>
        request.Loopback is { } loopback ? Tree(loopback.Value)
            : tee is { Copy.Length: > 0 } ? Tree(request, tee.Copy.ToArray(), request.Http.Response.ContentType) : null;

    private static JsonNode? Tree(object? value) => value is ITyped typed ? JsonTree.Parse(ObjectForms.Encode(typed)) : null;

    private JsonNode? Tree(ApiRequest request, ReadOnlyMemory<byte> bytes, string? contentType)
    {
        if (bytes.Length == 0)
        {
            return null;
        }
        try
        {
            return contentType?.StartsWith(Protobuf, StringComparison.Ordinal) == true ? FromProtobuf(request, bytes) : JsonTree.Parse(bytes.Span);
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException)
        {
            // A body that can't be read is refused by the handler; there is nothing to record.
            return null;
        }
    }

    private JsonNode? FromProtobuf(ApiRequest request, ReadOnlyMemory<byte> bytes)
    {
        var envelope = ProtoEnvelope.Read(bytes.Span);
        var (group, version, resource) = (request.Info.ApiGroup, request.Info.ApiVersion, request.Info.Resource);
        if (catalog().Find(group, version, resource)?.Kind is not { } kind || kind.Kind != envelope.Kind || kind.ApiVersion != envelope.ApiVersion)
        {
            return null;
        }
        var reader = new ProtoReader(envelope.Raw);
        return Tree(kind.ReadProto(ref reader));
    }
}
