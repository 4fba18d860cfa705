using System.Buffers;
using System.Text.Json;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Printing;
using Sampan.ApiServer.Registry;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Builds the Table that kubectl get prints.</summary>
internal static class TableAnswer
{
    /// <summary>What a row takes beside its object's metadata.</summary>
    private const int CellsSize = 300;

    public static ReadOnlyMemory<byte> Build(
        ApiRequest request, ResourceDescriptor resource, IReadOnlyList<CachedObject> items, ListMeta meta, bool withColumns = true)
    {
        var table = new TableWriter(Tables.For(resource.Kind), IncludeOf(request), request.Now);
        var output = new ArrayBufferWriter<byte>(SizeOf(items));
        using (var writer = new Utf8JsonWriter(output, JsonCodec.WriterOptions))
        {
            table.Write(writer, items.Select(item => item.Object), meta, withColumns);
        }
        return output.WrittenMemory;
    }

    /// <summary>About what the rows of many objects take, judged by the first one, so that the table is not copied as it grows.</summary>
    private static int SizeOf(IReadOnlyList<CachedObject> items) =>
        items.Count < 100 ? 1024 : (int)Math.Min(64 << 20, (ObjectForms.Partial(items[0]).Json.Length + CellsSize) * (long)items.Count);

    private static IncludeObject IncludeOf(ApiRequest request)
    {
        var text = request.Query["includeObject"].ToString();
        return text switch
        {
            "" or "Metadata" => IncludeObject.Metadata,
            "None" => IncludeObject.None,
            "Object" => IncludeObject.Object,
            _ => throw StatusException.BadRequest($"unrecognized includeObject value: {GoText.Quote(text)}"),
        };
    }
}
