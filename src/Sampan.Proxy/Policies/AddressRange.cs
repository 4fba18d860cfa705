using System.Buffers.Binary;
using System.Net;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Policies;

/// <summary>Addresses of one family from the first to the last, both included, as numbers.</summary>
internal readonly record struct AddressRange(IPFamily Family, UInt128 First, UInt128 Last)
{
    public static AddressRange Of(IPNetwork network)
    {
        var family = IPFamilies.Of(network.BaseAddress);
        var first = Number(network.BaseAddress);
        int hostBits = Bits(family) - network.PrefixLength;
        return new AddressRange(family, first, first + (hostBits == 128 ? UInt128.MaxValue : (UInt128.One << hostBits) - 1));
    }

    public bool IsWholeFamily => First == 0 && Last == (Family == IPFamily.V6 ? UInt128.MaxValue : uint.MaxValue);

    public bool Contains(IPAddress address) =>
        IPFamilies.Of(address) == Family && Number(address) is var number && number >= First && number <= Last;

    public override string ToString() => First == Last ? $"{Address(First)}" : $"{Address(First)}-{Address(Last)}";

    private static int Bits(IPFamily family) => family == IPFamily.V6 ? 128 : 32;

    private static UInt128 Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int length);
        return length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private IPAddress Address(UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(Family == IPFamily.V6 ? bytes : bytes[12..]);
    }
}
