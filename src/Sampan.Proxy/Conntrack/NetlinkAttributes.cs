using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sampan.Proxy.Conntrack;

/// <summary>Reads netlink's attributes: length (16 bits, host order), type (16 bits), value, padding to four bytes.</summary>
internal ref struct NetlinkAttributes(ReadOnlySpan<byte> bytes)
{
    private const int HeaderSize = 4;
    private const ushort TypeMask = 0x3fff;
    private ReadOnlySpan<byte> _rest = bytes;

    public ushort Type { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    public bool Next()
    {
        if (_rest.Length < HeaderSize) return false;
        int length = MemoryMarshal.Read<ushort>(_rest);
        if (length < HeaderSize || length > _rest.Length) return false;
        Type = (ushort)(MemoryMarshal.Read<ushort>(_rest[2..]) & TypeMask);
        Value = _rest[HeaderSize..length];
        _rest = _rest[Math.Min(_rest.Length, (length + 3) & ~3)..];
        return true;
    }

    /// <summary>The value of the first attribute of a type, or an empty span.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> bytes, ushort type)
    {
        var attributes = new NetlinkAttributes(bytes);
        while (attributes.Next())
        {
            if (attributes.Type == type) return attributes.Value;
        }

        return default;
    }

    public static int Port(ReadOnlySpan<byte> value) => value.Length < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(value);
}
