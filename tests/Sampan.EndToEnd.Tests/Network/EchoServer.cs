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
            var tcp = new TcpListener(IPAddress.Any, port);
            tcp.Start(512);
            return (tcp, new UdpClient(new IPEndPoint(IPAddress.Any, port)));
        });
        _ = ServeTcpAsync();
        _ = ServeUdpAsync();
    }

    public void Dispose()
    {
        _tcp.Dispose();
        _udp.Dispose();
    }

    private byte[] Answer(EndPoint? client) => Encoding.ASCII.GetBytes($"{_name} {((IPEndPoint)client!).Address}");

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
