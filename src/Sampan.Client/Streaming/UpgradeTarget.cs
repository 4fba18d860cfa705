using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Sampan.Client.Streaming;

/// <summary>A server that is asked to switch protocols: an address, and TLS options when it is reached over TLS.</summary>
/// <param name="EndPoint">A DNS name or an address, with its port.</param>
/// <param name="Tls">Null for plain TCP (a CRI streaming server on loopback).</param>
public sealed record UpgradeTarget(EndPoint EndPoint, SslClientAuthenticationOptions? Tls = null)
{
    /// <summary>What goes into the Host header.</summary>
    public string Host => EndPoint switch
    {
        DnsEndPoint dns => $"{dns.Host}:{dns.Port}",
        _ => EndPoint.ToString()!,
    };

    /// <exception cref="SocketException">The server can't be reached.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">Its certificate is not accepted.</exception>
    public async Task<Stream> ConnectAsync(CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(EndPoint, ct);
            var plain = new NetworkStream(socket, ownsSocket: true);
            if (Tls is null) return plain;
            var secure = new SslStream(plain);
            await secure.AuthenticateAsClientAsync(Tls, ct);
            return secure;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
