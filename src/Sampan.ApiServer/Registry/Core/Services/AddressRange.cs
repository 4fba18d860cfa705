using System.Net;
using System.Net.Sockets;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>
/// The usable addresses of one network. The lowest are left to those who ask for a certain one, while others are free; of a large
/// network only the first are given out unasked.
/// <code>
/// 0 ··· static band ··· offset ··· dynamic band ··· size
///       second choice              first choice, from a random start
/// </code>
/// </summary>
internal sealed class AddressRange
{
    private const int MaxSize = 1 << 20;

    private readonly UInt128 _first;
    private readonly UInt128 _count;
    private readonly int _size;
    private readonly int _offset;

    public AddressRange(IPNetwork network)
    {
        Network = network;
        var bits = network.BaseAddress.GetAddressBytes().Length * 8;
        var all = bits == network.PrefixLength ? UInt128.One : UInt128.One << Math.Min(127, bits - network.PrefixLength);

        // The network's own address is left out, and the broadcast address where there is such a thing.
        var unusable = (UInt128)(IsV4 ? 2 : 1);
        _count = all > unusable ? all - unusable : 0;
        _size = (int)UInt128.Min(_count, MaxSize);
        _first = Number(network.BaseAddress) + 1;
        _offset = Math.Min(Math.Max(16, _size / 16), Math.Min(256, _size));
    }

    public IPNetwork Network { get; }

    public string Family => IsV4 ? "IPv4" : "IPv6";

    /// <summary>The first address, which the kubernetes Service has.</summary>
    public IPAddress First => At(0);

    private bool IsV4 => Network.BaseAddress.AddressFamily == AddressFamily.InterNetwork;

    /// <summary>How many addresses Services can have.</summary>
    public double Size => (double)_count;

    public bool Contains(IPAddress address) =>
        address.AddressFamily == Network.BaseAddress.AddressFamily && Number(address) >= _first && Number(address) - _first < _count;

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
        var bytes = new byte[IsV4 ? 4 : 16];
        var value = _first + (UInt128)number;
        for (var i = bytes.Length - 1; i >= 0; i--, value >>= 8)
        {
            bytes[i] = (byte)(value & 0xff);
        }
        return new IPAddress(bytes);
    }

    private static UInt128 Number(IPAddress address) =>
        address.GetAddressBytes().Aggregate(UInt128.Zero, (number, part) => (number << 8) | part);
}
