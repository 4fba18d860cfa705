using System.Net;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Compile;

/// <summary>What a packet is matched by: an address and port of a Service, or a node port (without an address).</summary>
internal readonly record struct Frontend(IPFamily Family, IPAddress? Address, Protocol Protocol, int Port)
{
    public static Frontend Of(IPAddress address, Protocol protocol, int port) =>
        new(IPFamilies.Of(address), address, protocol, port);

    public static Frontend OfNodePort(IPFamily family, Protocol protocol, int port) => new(family, null, protocol, port);

    public bool IsNodePort => Address is null;

    /// <summary>The key without the protocol, for maps that hold only one: <c>10.96.0.10 . 53</c> or <c>30080</c>.</summary>
    public string KeyInProtocol => IsNodePort ? $"{Port}" : $"{Address} . {Port}";

    /// <summary>The key of the frontend in the maps: <c>10.96.0.10 . udp . 53</c> or <c>tcp . 30080</c>.</summary>
    public string Key => IsNodePort ? $"{Protocol.Nft()} . {Port}" : $"{Address} . {Protocol.Nft()} . {Port}";
}
