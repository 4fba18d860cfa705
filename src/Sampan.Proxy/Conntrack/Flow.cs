using System.Net;

namespace Sampan.Proxy.Conntrack;

/// <summary>One UDP flow: where the client sends, and who answers. <paramref name="Tuple"/> is the kernel's own form of the first.</summary>
internal sealed record Flow(IPAddress Destination, int DestinationPort, IPAddress ReplySource, int ReplyPort, byte[] Tuple, byte[]? Zone);
