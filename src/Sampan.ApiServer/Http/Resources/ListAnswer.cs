using System.IO.Compression;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Sampan.Api;
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
            { Format: WireFormat.Protobuf } => StreamAsync(request, format.ContentType, new ProtobufListBody(version, kind, items, MetaOf(page))),
            { Format: WireFormat.Yaml } or { Pretty: true } => IndentedAsync(request, format, new JsonListBody(version, kind, items, MetaOf(page))),
            _ => StreamAsync(request, MediaTypes.Json, new JsonListBody(version, kind, items, MetaOf(page))),
        };
    }

    private static ListMeta MetaOf(ListPage page) => new()
    {
        ResourceVersion = page.Revision.ToString(),
        Continue = page.Continue.Length == 0 ? null : page.Continue,
        RemainingItemCount = page.Remaining,
    };

    private static async ValueTask StreamAsync(ApiRequest request, string contentType, ListBody body)
    {
        var response = request.Http.Response;
        response.ContentType = contentType;
        var length = body.Length;
        if (length < GzipThreshold || !AcceptsGzip(request))
        {
            response.ContentLength = length;
            await body.WriteAsync(response.BodyWriter, request.Cancelled);
            return;
        }
        response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        var writer = PipeWriter.Create(gzip, new StreamPipeWriterOptions(minimumBufferSize: ListBody.FlushSize, leaveOpen: true));
        await body.WriteAsync(writer, request.Cancelled);
        await writer.CompleteAsync();
    }

    /// <summary>The whole list at once, for the forms that are made of it.</summary>
    private static async ValueTask IndentedAsync(ApiRequest request, AnswerFormat format, ListBody body)
    {
        var whole = new MemoryStream();
        await body.WriteAsync(PipeWriter.Create(whole), request.Cancelled);
        await BodyAsync(request, format, whole.ToArray());
    }

    private static async ValueTask BodyAsync(ApiRequest request, AnswerFormat format, ReadOnlyMemory<byte> bytes)
    {
        if (format is { Format: WireFormat.Yaml } or { Pretty: true } || bytes.Length < GzipThreshold || !AcceptsGzip(request))
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
