using System.Buffers.Binary;
using System.Text;

namespace Sampan.Client.Streaming.Spdy;

/// <summary>
/// Encodes header blocks. SPDY wants one zlib stream over all blocks of a connection; ours holds stored (uncompressed)
/// deflate blocks only, each followed by the empty one that flushes the reader:
/// <code>
/// 78 01 (once)   00 LEN ~LEN block…   00 00 00 FF FF
/// </code>
/// A stream that names no dictionary is valid, and a handful of short headers is not worth compressing.
/// </summary>
internal sealed class SpdyHeaderWriter
{
    private bool _started;

    public byte[] Write(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var block = new MemoryStream();
        WriteNumber(block, headers.Count);
        foreach (var (name, value) in headers)
        {
            WriteText(block, name.ToLowerInvariant());
            WriteText(block, value);
        }
        return Store(block.ToArray());
    }

    private byte[] Store(byte[] block)
    {
        if (block.Length > ushort.MaxValue) throw new ArgumentException("the headers of a SPDY stream are longer than 65535 bytes");
        var stored = new MemoryStream();
        if (!_started) stored.Write([0x78, 0x01]);
        _started = true;
        Span<byte> head = [0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(head[1..], (ushort)block.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(head[3..], (ushort)~block.Length);
        stored.Write(head);
        stored.Write(block);
        stored.Write([0, 0, 0, 0xff, 0xff]);
        return stored.ToArray();
    }

    private static void WriteText(MemoryStream block, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        WriteNumber(block, bytes.Length);
        block.Write(bytes);
    }

    private static void WriteNumber(MemoryStream block, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        block.Write(bytes);
    }
}
