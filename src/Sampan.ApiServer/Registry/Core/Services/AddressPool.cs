using System.Buffers.Binary;
using System.Net;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>The cluster addresses of Services: the usable addresses of one IPv4 network.</summary>
internal sealed class AddressPool
{
    private const int MaxSize = 1 << 20;

    private readonly NumberPool _numbers;
    private readonly uint _first;
    private readonly int _size;

    public AddressPool(IPNetwork network)
    {
        Network = network;
        var hosts = (1L << (32 - network.PrefixLength)) - 2;
        _size = (int)Math.Min(hosts, MaxSize);
        _first = BinaryPrimitives.ReadUInt32BigEndian(network.BaseAddress.GetAddressBytes()) + 1;
        _numbers = new NumberPool(_size, Math.Min(Math.Max(16, _size / 16), Math.Min(256, _size)));
    }

    public IPNetwork Network { get; }

    /// <summary>The first address, which the kubernetes Service has.</summary>
    public IPAddress First => At(0);

    public bool Contains(IPAddress address) => NumberOf(address) is not null;

    public bool TryTake(IPAddress address) => NumberOf(address) is { } number && _numbers.TryTake(number);

    public IPAddress? Take() => _numbers.Take() is { } number ? At(number) : null;

    public void Release(IPAddress address)
    {
        if (NumberOf(address) is { } number)
        {
            _numbers.Release(number);
        }
    }

    private int? NumberOf(IPAddress address)
    {
        if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork)
        {
            return null;
        }
        var number = BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes()) - (long)_first;
        return number >= 0 && number < _size ? (int)number : null;
    }

    private IPAddress At(int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, _first + (uint)number);
        return new IPAddress(bytes);
    }
}
