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
internal sealed class ProtobufListBody(string version, string kind, IReadOnlyList<CachedObject> items, ListMeta meta)
    : ListBody(items, Head(version, kind, items, meta), Tail())
{
    private const byte ItemTag = (2 << 3) | (byte)ProtoWireType.Bytes;

    protected override int LengthOf(CachedObject item, int index) => SizeOf(item);

    protected override void Write(IBufferWriter<byte> writer, CachedObject item, int index)
    {
        var message = ObjectForms.ProtobufMessage(item);
        var start = writer.GetSpan(1 + 5);
        start[0] = ItemTag;
        var at = 1;
        var rest = (uint)message.Length;
        for (; rest >= 0x80; rest >>= 7)
        {
            start[at++] = (byte)(rest | 0x80);
        }
        start[at++] = (byte)rest;
        writer.Advance(at);
        writer.Write(message);
    }

    private static int SizeOf(CachedObject item)
    {
        var length = ObjectForms.ProtobufMessage(item).Length;
        return 1 + (BitOperations.Log2((uint)length | 1) / 7) + 1 + length;
    }

    private static byte[] Head(string version, string kind, IReadOnlyList<CachedObject> items, ListMeta meta)
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
        head.WriteVarint((ulong)(metadata.WrittenSpan.Length + items.Sum(item => (long)SizeOf(item))));
        head.WriteRaw(metadata.WrittenSpan);
        return head.ToArray();
    }

    private static byte[] Tail()
    {
        using var writer = new ProtoWriter();
        writer.WriteString(3, "");
        writer.WriteString(4, "");
        return writer.ToArray();
    }
}
