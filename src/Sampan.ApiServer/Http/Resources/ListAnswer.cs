using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Http.Negotiation;
using Sampan.ApiServer.Printing;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Tracing;
using Sampan.ApiServer.Watch;
using Sampan.Client;
using WireFormat = Sampan.ApiServer.Http.Negotiation.WireFormat;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Answers with a list: the objects' cached bytes between a head and a tail.</summary>
internal static class ListAnswer
{
    public static ValueTask WriteAsync(ApiRequest request, ResourceDescriptor resource, ListPage page)
    {
        if (request.Loopback is { } loopback)
        {
            object[] objects = [.. page.Items.Select(item => resource.Serve(item).Object)];
            var next = page.Continue.Length == 0 ? null : page.Continue;
            loopback.Answer(new ObjectList(objects, page.Revision.ToString(), next, page.Remaining));
            return ValueTask.CompletedTask;
        }
        var format = AnswerFormat.Of(request.Http.Request).ForList(resource.Kind);
        var items = resource.Conversion is null ? page.Items : new MappedItems(page.Items, resource.Serve);
        var body = format.View == ObjectView.Table
            ? TableOf(format, TableAnswer.WriterOf(request, format, resource.Kind), items, MetaOf(page))
            : ListOf(format, resource, items, MetaOf(page));
        return SendAsync(request, format.ContentType, body);
    }

    private static ListMeta MetaOf(ListPage page) => new()
    {
        ResourceVersion = page.Revision.ToString(),
        Continue = page.Continue.Length == 0 ? null : page.Continue,
        RemainingItemCount = page.Remaining,
    };

    private static async ValueTask SendAsync(ApiRequest request, string contentType, ListBody body)
    {
        using var span = RequestSpans.StartSerialization(request.Http);
        await using var output = new DeferredOutput(request.Http, contentType);
        Spans.Event("About to start writing response");
        await body.WriteAsync(output, request.Cancelled);
        Spans.Event("Write call succeeded", "size", output.Written);
        request.Streamed = output.Written;
    }

    private static ListBody ListOf(AnswerFormat format, ResourceDescriptor resource, IReadOnlyCollection<CachedObject> items, ListMeta meta)
    {
        var (version, kind) = (resource.Kind.ApiVersion, resource.Kind.ListKind);
        if (format.View == ObjectView.PartialMetadataList)
        {
            items = new MappedItems(items, item => ObjectForms.Partial(item, format.ViewVersion));
            (version, kind) = ($"meta.k8s.io/{format.ViewVersion}", "PartialObjectMetadataList");
        }
        return format switch
        {
            { Format: WireFormat.Protobuf } => new ProtobufListBody(version, kind, items, meta),
            { Format: WireFormat.Yaml } => new YamlListBody(
                new JsonObject { ["apiVersion"] = version }, "items", new JsonObject { ["kind"] = kind, ["metadata"] = ObjectForms.Tree(meta) },
                items, item => JsonTree.Parse(item.Json.Span)),
            { Pretty: true } => new IndentedListBody(version, kind, items, meta),
            _ => new JsonListBody(version, kind, items, meta),
        };
    }

    private static ListBody TableOf(AnswerFormat format, TableWriter table, IReadOnlyCollection<CachedObject> items, ListMeta meta)
    {
        if (table.Order is { } order)
        {
            items = [.. items.OrderBy(item => item.Object, order)];
        }
        if (format.Format != WireFormat.Yaml)
        {
            return new TableListBody(table, items, meta, format.Pretty);
        }
        var before = (JsonObject)Tree(writer => table.Write(writer, [], meta))!;
        before.Remove("rows");
        return new YamlListBody(before, "rows", [], items, item => Tree(writer => table.WriteRow(writer, item.Object)));
    }

    private static JsonNode? Tree(Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(output, JsonCodec.WriterOptions))
        {
            write(writer);
        }
        return JsonTree.Parse(output.WrittenSpan);
    }
}
