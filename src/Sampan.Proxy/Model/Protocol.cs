namespace Sampan.Proxy.Model;

/// <summary>The transport protocols that a Service port may have.</summary>
internal enum Protocol : byte
{
    Tcp,
    Udp,
    Sctp,
}
