using System.Text;

namespace Sampan.Client;

/// <summary>Walks the fields of one protobuf message without knowing its type; enough for envelopes and lists.</summary>
internal ref struct ProtoWire(ReadOnlySpan<byte> message)
{
    private const int EnvelopeRaw = 2;
    private ReadOnlySpan<byte> _rest = message;

    public int Field { get; private set; }

    public ulong Number { get; private set; }

    public ReadOnlySpan<byte> Bytes { get; private set; }

    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <summary>The message inside Kubernetes' envelope: the magic number, then <c>Unknown{typeMeta=1, raw=2}</c>.</summary>
    public static ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Magic)) throw new FormatException("protobuf answer without the k8s envelope");
        var envelope = new ProtoWire(bytes[Magic.Length..]);
        while (envelope.Next())
            if (envelope.Field == EnvelopeRaw) return envelope.Bytes;
        return default;
    }

    /// <summary>Puts a bare message into an envelope without type, which decoders of a known type accept.</summary>
    public static byte[] Wrap(ReadOnlySpan<byte> message)
    {
        Span<byte> header = stackalloc byte[Magic.Length + 6];
        Magic.CopyTo(header);
        var length = Magic.Length;
        header[length++] = EnvelopeRaw << 3 | 2;
        var size = (uint)message.Length;
        for (; size >= 0x80; size >>= 7) header[length++] = (byte)(size | 0x80);
        header[length++] = (byte)size;
        return [.. header[..length], .. message];
    }

    public bool Next()
    {
        if (_rest.IsEmpty) return false;
        var tag = Varint();
        Field = (int)(tag >> 3);
        switch (tag & 7)
        {
            case 0: Number = Varint(); break;
            case 1: Take(8); break;
            case 2: Take(checked((int)Varint())); break;
            case 5: Take(4); break;
            default: throw new FormatException("broken protobuf: unknown wire type");
        }

        return true;
    }

    private void Take(int count)
    {
        if (count > _rest.Length) throw new FormatException("broken protobuf: truncated field");
        Bytes = _rest[..count];
        _rest = _rest[count..];
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_rest.IsEmpty) break;
            var b = _rest[0];
            _rest = _rest[1..];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80) return value;
        }

        throw new FormatException("broken protobuf: bad varint");
    }
}
