using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Sampan.Network.Dns.Search;

/// <summary>Who asks, as a number: an IPv6 address, or an IPv4 address mapped into one. Zero: nobody that is known.</summary>
internal readonly record struct ClientAddress(UInt128 Number)
{
    private const ulong MappedPrefix = 0xffff_0000_0000;

    public bool IsV6 => Number >> 32 != 0xffff;

    public static ClientAddress Of(IPAddress? address)
    {
        if (address is null) return default;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int length);
        return Of(bytes[..length]);
    }

    /// <summary>Reads the system's own form: family 2 │ port 2 │ address 4, or family 2 │ port 2 │ flow 4 │ address 16.</summary>
    public static ClientAddress Of(SocketAddress address)
    {
        var bytes = address.Buffer.Span;
        return address.Family == AddressFamily.InterNetworkV6 ? Of(bytes.Slice(8, 16)) : Of(bytes.Slice(4, 4));
    }

    private static ClientAddress Of(ReadOnlySpan<byte> bytes) => new(
        bytes.Length == 4 ? MappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes));
}
