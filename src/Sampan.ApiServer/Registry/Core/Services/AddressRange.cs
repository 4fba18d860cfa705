using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>
/// The usable addresses of one IPv4 network. The lowest are left to those who ask for a certain one, while others are free.
/// <code>
/// 0 ··· static band ··· offset ··· dynamic band ··· size
///       second choice              first choice, from a random start
/// </code>
/// </summary>
internal sealed class AddressRange
{
    private const int MaxSize = 1 << 20;

    private readonly uint _first;
    private readonly int _size;
    private readonly int _offset;

    public AddressRange(IPNetwork network)
    {
        Network = network;
        var hosts = (1L << (32 - network.PrefixLength)) - 2;
        _size = (int)Math.Clamp(hosts, 0, MaxSize);
        _first = BinaryPrimitives.ReadUInt32BigEndian(network.BaseAddress.GetAddressBytes()) + 1;
        _offset = Math.Min(Math.Max(16, _size / 16), Math.Min(256, _size));
    }

    public IPNetwork Network { get; }

    /// <summary>The first address, which the kubernetes Service has.</summary>
    public IPAddress First => At(0);

    public bool Contains(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetwork)
        {
            return false;
        }
        var number = BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes()) - (long)_first;
        return number >= 0 && number < _size;
    }

    /// <summary>Every address, in the order in which they are tried.</summary>
    public IEnumerable<IPAddress> Candidates() => Band(_offset, _size).Concat(Band(0, _offset));

    private IEnumerable<IPAddress> Band(int start, int end)
    {
        var length = end - start;
        var first = length > 0 ? Random.Shared.Next(length) : 0;
        for (var i = 0; i < length; i++)
        {
            yield return At(start + ((first + i) % length));
        }
    }

    private IPAddress At(int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, _first + (uint)number);
        return new IPAddress(bytes);
    }
}
