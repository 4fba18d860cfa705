using System.Buffers;
using System.Numerics;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>
/// A list in its envelope. Every list is { 1: metadata, 2: repeated items }; its length comes before its items.
/// <code>
/// 6b 38 73 00 | 1: TypeMeta | 2: length { 1: metadata | 2: item | 2: item … } | 3: "" | 4: ""
/// </code>
/// </summary>
internal sealed class ProtobufListBody(string version, string kind, IReadOnlyCollection<CachedObject> items, ListMeta meta) : ListBody(items)
{
    private const byte ItemTag = (2 << 3) | (byte)ProtoWireType.Bytes;

    protected override void Begin(IBufferWriter<byte> output)
    {
        using var metadata = new ProtoWriter();
        metadata.WriteMessage(1, meta);
        using var head = new ProtoWriter();
        head.WriteRaw(ProtoEnvelope.Magic);
        var type = head.BeginMessage(1);
        head.WriteString(1, version);
        head.WriteString(2, kind);
        head.EndMessage(type);
        head.WriteTag(2, ProtoWireType.Bytes);
        head.WriteVarint((ulong)(metadata.WrittenSpan.Length + SizeOfItems()));
        head.WriteRaw(metadata.WrittenSpan);
        output.Write(head.WrittenSpan);
    }

    protected override ReadOnlyMemory<byte> Write(IBufferWriter<byte> output, CachedObject item, int index)
    {
        var message = ObjectForms.ProtobufMessage(item);
        var start = output.GetSpan(1 + 5);
        start[0] = ItemTag;
        var at = 1;
        var rest = (uint)message.Length;
        for (; rest >= 0x80; rest >>= 7)
        {
            start[at++] = (byte)(rest | 0x80);
        }
        start[at++] = (byte)rest;
        output.Advance(at);
        return message;
    }

    protected override void End(IBufferWriter<byte> output)
    {
        using var tail = new ProtoWriter();
        tail.WriteString(3, "");
        tail.WriteString(4, "");
        output.Write(tail.WrittenSpan);
    }

    private long SizeOfItems()
    {
        var size = 0L;
        foreach (var item in Items)
        {
            var length = ObjectForms.ProtobufMessage(item).Length;
            size += 1 + (BitOperations.Log2((uint)length | 1) / 7) + 1 + length;
        }
        return size;
    }
}
