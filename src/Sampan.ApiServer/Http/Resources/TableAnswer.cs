using System.Buffers;
using System.Text.Json;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Http.Negotiation;
using Sampan.ApiServer.Printing;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>Makes the Tables that kubectl get prints.</summary>
internal static class TableAnswer
{
    /// <summary>A table of one object.</summary>
    public static ReadOnlyMemory<byte> One(
        ApiRequest request, AnswerFormat format, KindInfo kind, IObject item, ListMeta meta, bool withColumns = true)
    {
        var output = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(output, JsonCodec.WriterOptions))
        {
            WriterOf(request, format, kind).Write(writer, [item], meta, withColumns);
        }
        return output.WrittenMemory;
    }

    public static TableWriter WriterOf(ApiRequest request, AnswerFormat format, KindInfo kind) =>
        new(Tables.For(kind), Include(request), request.Now, format.ViewVersion);

    /// <summary>What the rows are to carry. A watch asks before it begins, for then it is too late to refuse it.</summary>
    public static IncludeObject Include(ApiRequest request)
    {
        var text = request.Query.Text("includeObject");
        return text switch
        {
            "" or "Metadata" => IncludeObject.Metadata,
            "None" => IncludeObject.None,
            "Object" => IncludeObject.Object,
            _ => throw StatusException.BadRequest(
                $"Unable to convert to Table as requested: includeObject: Invalid value: {GoText.Quote(text)}: must be 'Metadata', 'Object', 'None', or empty"),
        };
    }
}
