using System.Buffers.Binary;
using System.Text;

namespace Sampan.Api.Codec;

/// <summary>
/// Reads one protobuf message. A loop over <see cref="ReadField"/> visits the fields; each is then read by its type or skipped:
/// <code>
/// while (reader.ReadField() is var field and not 0)
///     switch (field) { case 1: name = reader.ReadString(); break; default: reader.Skip(); break; }
/// </code>
/// </summary>
public ref struct ProtoReader
{
    private const int MaxDepth = 512;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _data;
    private readonly int _depth;
    private int _position;

    public ProtoReader(ReadOnlySpan<byte> data)
        : this(data, 0)
    {
    }

    private ProtoReader(ReadOnlySpan<byte> data, int depth)
    {
        _data = data;
        _depth = depth;
    }

    /// <summary>The layout of the field that <see cref="ReadField"/> announced.</summary>
    public ProtoWireType WireType { get; private set; }

    public readonly bool AtEnd => _position >= _data.Length;

    /// <summary>Moves to the next field and answers its number, 0 at the end of the message.</summary>
    public int ReadField()
    {
        if (AtEnd)
        {
            return 0;
        }

        ulong tag = ReadVarint();
        if (tag >> 3 is 0 or > 0x1FFFFFFF)
        {
            throw new ProtoFormatException("proto: illegal field number");
        }

        WireType = (ProtoWireType)(tag & 7);
        return (int)(tag >> 3);
    }

    public long ReadInt64() => (long)ReadNumber();

    public int ReadInt32() => unchecked((int)ReadNumber());

    public bool ReadBool() => ReadNumber() != 0;

    public double ReadDouble()
    {
        Expect(ProtoWireType.Fixed64);
        return BinaryPrimitives.ReadDoubleLittleEndian(Take(8));
    }

    public float ReadFloat()
    {
        Expect(ProtoWireType.Fixed32);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(4));
    }

    public string ReadString()
    {
        ReadOnlySpan<byte> bytes = ReadSpan();
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new ProtoFormatException("proto: string field contains invalid UTF-8");
        }
    }

    public byte[] ReadBytes() => ReadSpan().ToArray();

    /// <summary>The bytes of a length-delimited field, in place.</summary>
    public ReadOnlySpan<byte> ReadSpan()
    {
        Expect(ProtoWireType.Bytes);
        ulong length = ReadVarint();
        if (length > (ulong)(_data.Length - _position))
        {
            throw Truncated();
        }

        return Take((int)length);
    }

    /// <summary>A reader over the nested message of this field.</summary>
    public ProtoReader ReadNested()
    {
        if (_depth >= MaxDepth)
        {
            throw new ProtoFormatException("proto: message nested too deeply");
        }

        return new ProtoReader(ReadSpan(), _depth + 1);
    }

    /// <summary>The nested message of this field.</summary>
    public T ReadMessage<T>()
        where T : IWireValue<T>
    {
        ProtoReader nested = ReadNested();
        return T.ReadProto(ref nested);
    }

    /// <summary>Adds one entry of a map with string values.</summary>
    public void ReadMapEntry(Dictionary<string, string> map)
    {
        ProtoReader entry = ReadNested();
        string key = "", value = "";
        while (entry.ReadField() is var field and not 0)
        {
            switch (field)
            {
                case 1: key = entry.ReadString(); break;
                case 2: value = entry.ReadString(); break;
                default: entry.Skip(); break;
            }
        }

        map[key] = value;
    }

    /// <summary>Adds one entry of a map with bytes as values.</summary>
    public void ReadMapEntry(Dictionary<string, byte[]> map)
    {
        ProtoReader entry = ReadNested();
        string key = "";
        byte[] value = [];
        while (entry.ReadField() is var field and not 0)
        {
            switch (field)
            {
                case 1: key = entry.ReadString(); break;
                case 2: value = entry.ReadBytes(); break;
                default: entry.Skip(); break;
            }
        }

        map[key] = value;
    }

    /// <summary>Adds one entry of a map of messages; an entry without a value gets the message of no bytes.</summary>
    public void ReadMapEntry<T>(Dictionary<string, T> map)
        where T : IWireValue<T>
    {
        ProtoReader entry = ReadNested();
        string key = "";
        ProtoReader value = new(default, entry._depth);
        while (entry.ReadField() is var field and not 0)
        {
            switch (field)
            {
                case 1: key = entry.ReadString(); break;
                case 2: value = entry.ReadNested(); break;
                default: entry.Skip(); break;
            }
        }

        map[key] = T.ReadProto(ref value);
    }

    public void Skip()
    {
        switch (WireType)
        {
            case ProtoWireType.Varint: ReadVarint(); break;
            case ProtoWireType.Fixed64: Take(8); break;
            case ProtoWireType.Bytes: ReadSpan(); break;
            case ProtoWireType.Fixed32: Take(4); break;
            default: throw new ProtoFormatException($"proto: illegal wireType {(int)WireType}");
        }
    }

    private static ProtoFormatException Truncated() => new("unexpected EOF");

    private ulong ReadNumber()
    {
        Expect(ProtoWireType.Varint);
        return ReadVarint();
    }

    private readonly void Expect(ProtoWireType type)
    {
        if (WireType != type)
        {
            throw new ProtoFormatException($"proto: wrong wireType = {(int)WireType}, expected {(int)type}");
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _data.Length - _position)
        {
            throw Truncated();
        }

        ReadOnlySpan<byte> bytes = _data.Slice(_position, length);
        _position += length;
        return bytes;
    }

    internal ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (AtEnd)
            {
                throw Truncated();
            }

            byte next = _data[_position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new ProtoFormatException("proto: integer overflow");
    }
}
