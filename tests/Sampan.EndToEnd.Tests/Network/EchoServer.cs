using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sampan.EndToEnd.Tests.Network;

/// <summary>Answers every connection and datagram with its own name and the client's address: <c>pod-1 10.244.0.3</c>.</summary>
internal sealed class EchoServer : IDisposable
{
    private readonly TcpListener _tcp;
    private readonly UdpClient _udp;
    private readonly string _name;

    public EchoServer(NetworkNamespace ns, string name, int port)
    {
        _name = name;
        (_tcp, _udp) = ns.Run(() =>
        {
            var tcp = TcpListener.Create(port);
            tcp.Start(512);
            var udp = new UdpClient(AddressFamily.InterNetworkV6);
            udp.Client.DualMode = true;
            udp.Client.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
            return (tcp, udp);
        });
        _ = ServeTcpAsync();
        _ = ServeUdpAsync();
    }

    public void Dispose()
    {
        _tcp.Dispose();
        _udp.Dispose();
    }

    private byte[] Answer(EndPoint? client)
    {
        var address = ((IPEndPoint)client!).Address;
        return Encoding.ASCII.GetBytes($"{_name} {(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)}");
    }

    private async Task ServeTcpAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _tcp.AcceptSocketAsync();
                await client.SendAsync(Answer(client.RemoteEndPoint));
                client.Shutdown(SocketShutdown.Both);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
        }
    }

    private async Task ServeUdpAsync()
    {
        try
        {
            while (true)
            {
                var received = await _udp.ReceiveAsync();
                await _udp.SendAsync(Answer(received.RemoteEndPoint), received.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
        }
    }
}
