using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Sampan.Api.Codec;

/// <summary>
/// Writes protobuf messages into a pooled buffer. A nested message is written in place after one reserved byte of length;
/// a longer length moves the body up when the message ends:
/// <code>
/// int mark = writer.BeginMessage(1);
/// writer.WriteString(1, "name");
/// writer.EndMessage(mark);
/// </code>
/// </summary>
public sealed class ProtoWriter : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1024);
    private int _position;

    public ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, _position);

    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, _position);

    public byte[] ToArray() => WrittenSpan.ToArray();

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    public void Clear() => _position = 0;

    public void Dispose()
    {
        byte[] buffer = Interlocked.Exchange(ref _buffer, []);
        _position = 0;
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void WriteInt64(int field, long value)
    {
        WriteTag(field, ProtoWireType.Varint);
        WriteVarint((ulong)value);
    }

    public void WriteInt32(int field, int value) => WriteInt64(field, value);

    public void WriteBool(int field, bool value) => WriteInt64(field, value ? 1 : 0);

    public void WriteDouble(int field, double value)
    {
        WriteTag(field, ProtoWireType.Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(Grow(8), value);
    }

    public void WriteFloat(int field, float value)
    {
        WriteTag(field, ProtoWireType.Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(Grow(4), value);
    }

    /// <summary>Writes the string, also an empty one; a null is left out.</summary>
    public void WriteString(int field, string? value)
    {
        if (value is null)
        {
            return;
        }

        WriteTag(field, ProtoWireType.Bytes);
        int length = Encoding.UTF8.GetByteCount(value);
        WriteVarint((ulong)length);
        Encoding.UTF8.GetBytes(value, Grow(length));
    }

    public void WriteBytes(int field, ReadOnlySpan<byte> value)
    {
        WriteTag(field, ProtoWireType.Bytes);
        WriteVarint((ulong)value.Length);
        WriteRaw(value);
    }

    /// <summary>Appends bytes as they are: a message encoded earlier.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Grow(bytes.Length));

    public void WriteMessage<T>(int field, T value)
        where T : IWireValue<T>
    {
        int mark = BeginMessage(field);
        value.WriteProto(this);
        EndMessage(mark);
    }

    /// <summary>Writes a map entry per key, in the keys' order, so that equal objects have equal bytes.</summary>
    public void WriteMap(int field, Dictionary<string, string> map)
    {
        foreach (string key in SortedKeys(map))
        {
            int mark = BeginMessage(field);
            WriteString(1, key);
            WriteString(2, map[key]);
            EndMessage(mark);
        }
    }

    public void WriteMap(int field, Dictionary<string, byte[]> map)
    {
        foreach (string key in SortedKeys(map))
        {
            int mark = BeginMessage(field);
            WriteString(1, key);
            WriteBytes(2, map[key]);
            EndMessage(mark);
        }
    }

    public void WriteMap<T>(int field, Dictionary<string, T> map)
        where T : IWireValue<T>
    {
        foreach (string key in SortedKeys(map))
        {
            int mark = BeginMessage(field);
            WriteString(1, key);
            WriteMessage(2, map[key]);
            EndMessage(mark);
        }
    }

    /// <summary>Starts a nested message; the answer goes to <see cref="EndMessage"/>.</summary>
    public int BeginMessage(int field)
    {
        WriteTag(field, ProtoWireType.Bytes);
        Grow(1);
        return _position;
    }

    public void EndMessage(int mark)
    {
        int length = _position - mark;
        int extra = VarintSize((ulong)length) - 1;
        if (extra > 0)
        {
            Grow(extra);
            _buffer.AsSpan(mark, length).CopyTo(_buffer.AsSpan(mark + extra));
        }

        PutVarint(_buffer.AsSpan(mark - 1), (ulong)length);
    }

    public void WriteTag(int field, ProtoWireType type) => WriteVarint(((ulong)field << 3) | (ulong)type);

    public void WriteVarint(ulong value) => PutVarint(Grow(VarintSize(value)), value);

    private static string[] SortedKeys<T>(Dictionary<string, T> map)
    {
        string[] keys = [.. map.Keys];
        Array.Sort(keys, StringComparer.Ordinal);
        return keys;
    }

    private static int VarintSize(ulong value)
    {
        int size = 1;
        while ((value >>= 7) != 0)
        {
            size++;
        }

        return size;
    }

    private static void PutVarint(Span<byte> target, ulong value)
    {
        int i = 0;
        for (; value >= 0x80; value >>= 7)
        {
            target[i++] = (byte)(value | 0x80);
        }

        target[i] = (byte)value;
    }

    private Span<byte> Grow(int length)
    {
        if (_buffer.Length - _position < length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _position + length));
            WrittenSpan.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        Span<byte> span = _buffer.AsSpan(_position, length);
        _position += length;
        return span;
    }
}
