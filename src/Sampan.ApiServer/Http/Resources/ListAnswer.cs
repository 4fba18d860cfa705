using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Http.Negotiation;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Watch;
using Sampan.Client;
using MediaTypes = Sampan.ApiServer.Http.Negotiation.MediaTypes;
using WireFormat = Sampan.ApiServer.Http.Negotiation.WireFormat;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Answers with a list: the objects' cached bytes between a head and a tail.</summary>
internal static class ListAnswer
{
    /// <summary>Shorter answers are not worth compressing.</summary>
    private const int GzipThreshold = 128 * 1024;

    /// <summary>How much is written between two flushes.</summary>
    private const int FlushSize = 64 * 1024;

    public static ValueTask WriteAsync(ApiRequest request, ResourceDescriptor resource, ListPage page)
    {
        if (request.Loopback is { } loopback)
        {
            object[] objects = [.. page.Items.Select(item => resource.Serve(item).Object)];
            var next = page.Continue.Length == 0 ? null : page.Continue;
            loopback.Answer(new ObjectList(objects, page.Revision.ToString(), next, page.Remaining));
            return ValueTask.CompletedTask;
        }
        var format = AnswerFormat.Of(request.Http.Request);
        var items = page.Items;
        if (resource.Conversion is not null)
        {
            items = [.. items.Select(resource.Serve)];
        }
        if (format.View == ObjectView.Table)
        {
            var table = TableAnswer.Build(request, resource, items, MetaOf(page));
            return BodyAsync(request, format with { Format = WireFormat.Json }, table);
        }
        var (version, kind) = (resource.Kind.ApiVersion, resource.Kind.ListKind);
        if (format.View == ObjectView.PartialMetadata)
        {
            items = [.. items.Select(ObjectForms.Partial)];
            (version, kind) = ("meta.k8s.io/v1", "PartialObjectMetadataList");
        }
        return format switch
        {
            { Format: WireFormat.Protobuf } => BodyAsync(request, format, Protobuf(version, kind, items, MetaOf(page))),
            { Format: WireFormat.Yaml } or { Pretty: true } => BodyAsync(request, format, Json(version, kind, items, MetaOf(page))),
            _ => StreamAsync(request, version, kind, items, MetaOf(page)),
        };
    }

    private static ListMeta MetaOf(ListPage page) => new()
    {
        ResourceVersion = page.Revision.ToString(),
        Continue = page.Continue.Length == 0 ? null : page.Continue,
        RemainingItemCount = page.Remaining,
    };

    private static async ValueTask StreamAsync(ApiRequest request, string version, string kind, IReadOnlyList<CachedObject> items, ListMeta meta)
    {
        var response = request.Http.Response;
        response.ContentType = MediaTypes.Json;
        var size = items.Sum(item => (long)item.Json.Length + 1);
        if (size < GzipThreshold || !AcceptsGzip(request))
        {
            await WriteItemsAsync(response.BodyWriter, version, kind, items, meta, request.Cancelled);
            return;
        }
        response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        var writer = PipeWriter.Create(gzip, new StreamPipeWriterOptions(minimumBufferSize: FlushSize, leaveOpen: true));
        await WriteItemsAsync(writer, version, kind, items, meta, request.Cancelled);
        await writer.CompleteAsync();
    }

    private static async ValueTask WriteItemsAsync(
        PipeWriter writer, string version, string kind, IReadOnlyList<CachedObject> items, ListMeta meta, CancellationToken cancelled)
    {
        writer.Write(Head(version, kind, meta));
        var unflushed = 0;
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                writer.Write(","u8);
            }
            writer.Write(items[i].Json.Span);
            unflushed += items[i].Json.Length;
            if (unflushed >= FlushSize)
            {
                unflushed = 0;
                await writer.FlushAsync(cancelled);
            }
        }
        writer.Write("]}\n"u8);
        await writer.FlushAsync(cancelled);
    }

    /// <summary>{"kind":"PodList","apiVersion":"v1","metadata":{…},"items":[</summary>
    private static byte[] Head(string version, string kind, ListMeta meta)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(output, JsonCodec.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", kind);
            writer.WriteString("apiVersion", version);
            writer.WritePropertyName("metadata");
            meta.WriteJson(writer);
            writer.WriteStartArray("items");
        }
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Json(string version, string kind, IReadOnlyList<CachedObject> items, ListMeta meta)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write(Head(version, kind, meta));
        for (var i = 0; i < items.Count; i++)
        {
            output.Write(i > 0 ? ","u8 : default);
            output.Write(items[i].Json.Span);
        }
        output.Write("]}"u8);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Every list is { 1: metadata, 2: repeated items }.</summary>
    private static byte[] Protobuf(string version, string kind, IReadOnlyList<CachedObject> items, ListMeta meta)
    {
        using var writer = new ProtoWriter();
        var mark = ProtoEnvelope.Begin(writer, version, kind);
        writer.WriteMessage(1, meta);
        foreach (var item in items)
        {
            writer.WriteBytes(2, ObjectForms.ProtobufMessage(item));
        }
        ProtoEnvelope.End(writer, mark);
        return writer.ToArray();
    }

    private static async ValueTask BodyAsync(ApiRequest request, AnswerFormat format, byte[] bytes)
    {
        if (format.Format == WireFormat.Protobuf && (bytes.Length < GzipThreshold || !AcceptsGzip(request)))
        {
            await AnswerWriter.BytesAsync(request.Http, bytes, MediaTypes.Protobuf, StatusCodes.Status200OK);
        }
        else if (format is { Format: WireFormat.Yaml } or { Pretty: true } || bytes.Length < GzipThreshold || !AcceptsGzip(request))
        {
            await AnswerWriter.JsonAsync(request.Http, format, bytes);
        }
        else
        {
            request.Http.Response.ContentType = format.ContentType;
            request.Http.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(request.Http.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
            await gzip.WriteAsync(bytes, request.Cancelled);
        }
    }

    private static bool AcceptsGzip(ApiRequest request) =>
        request.Http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
}
