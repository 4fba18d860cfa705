using System.Buffers;
using System.Text.Json;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Printing;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>A Table, row by row.</summary>
internal sealed class TableListBody(TableWriter table, IReadOnlyCollection<CachedObject> items, ListMeta meta, bool pretty) : ListBody(items)
{
    private Utf8JsonWriter? _writer;

    protected override void Begin(IBufferWriter<byte> output)
    {
        _writer = new Utf8JsonWriter(output, pretty ? AnswerWriter.Indented : JsonCodec.WriterOptions);
        table.Begin(_writer, meta);
        _writer.Flush();
    }

    protected override ReadOnlyMemory<byte> Write(IBufferWriter<byte> output, CachedObject item, int index)
    {
        table.WriteRow(_writer!, item.Object);
        _writer!.Flush();
        return default;
    }

    protected override void End(IBufferWriter<byte> output)
    {
        TableWriter.End(_writer!);
        _writer!.Dispose();
        output.Write("\n"u8);
    }
}
