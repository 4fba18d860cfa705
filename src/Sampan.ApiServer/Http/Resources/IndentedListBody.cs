using System.Buffers;
using System.Text.Json;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Apply;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>A JSON list for people to read: one object after the other is indented.</summary>
internal sealed class IndentedListBody(string version, string kind, IReadOnlyCollection<CachedObject> items, ListMeta meta) : ListBody(items)
{
    private Utf8JsonWriter? _writer;

    protected override void Begin(IBufferWriter<byte> output)
    {
        _writer = new Utf8JsonWriter(output, AnswerWriter.Indented);
        JsonListBody.WriteHead(_writer, version, kind, meta);
        _writer.Flush();
    }

    protected override ReadOnlyMemory<byte> Write(IBufferWriter<byte> output, CachedObject item, int index)
    {
        using var document = JsonDocument.Parse(item.Json, JsonTexts.DocumentOptions);
        document.RootElement.WriteTo(_writer!);
        _writer!.Flush();
        return default;
    }

    protected override void End(IBufferWriter<byte> output)
    {
        _writer!.WriteEndArray();
        _writer.WriteEndObject();
        _writer.Dispose();
        output.Write("\n"u8);
    }
}
