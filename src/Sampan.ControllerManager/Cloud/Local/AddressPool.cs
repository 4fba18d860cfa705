using System.Net;
using System.Net.Sockets;

namespace Sampan.ControllerManager.Cloud.Local;

/// <summary>A range of addresses of one family, but for the network's own and the broadcast.</summary>
internal sealed class AddressPool
{
    /// <summary>Of a larger range only so many bits are handed out.</summary>
    private const int MostBits = 16;

    private readonly IPNetwork _network;

    /// <exception cref="ArgumentException">The text is no range.</exception>
    public AddressPool(string cidr) =>
        _network = IPNetwork.TryParse(cidr.Trim(), out var network) ? network : throw new ArgumentException($"\"{cidr}\" is no range of addresses for load balancers");

    /// <summary>As a Service names it.</summary>
    public string Family => _network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4";

    public bool Has(string text) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == _network.BaseAddress.AddressFamily && _network.Contains(address);

    public IEnumerable<string> Addresses()
    {
        var bytes = _network.BaseAddress.GetAddressBytes();
        var bits = Math.Min((bytes.Length * 8) - _network.PrefixLength, MostBits);
        for (var i = 1; i < (1 << bits) - 1; i++)
        {
            var next = (byte[])bytes.Clone();
            next[^1] += (byte)i;
            next[^2] += (byte)(i >> 8);
            yield return new IPAddress(next).ToString();
        }
    }

    public override string ToString() => $"{_network}";
}
