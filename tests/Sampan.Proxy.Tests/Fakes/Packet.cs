using System.Net;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Tests.Fakes;

/// <summary>The first packet of a connection, as a node sees it.</summary>
internal sealed record Packet(IPAddress Source, IPAddress Destination, Protocol Protocol, int Port)
{
    /// <summary>Sent by a process of the node: it passes output, not prerouting.</summary>
    public bool FromNode { get; init; }
}
