using System.Net;
using System.Net.Sockets;

namespace Sampan.Benchmarks.Proxy;

/// <summary>Takes connections, answers one byte on each, and waits for the client to close.</summary>
internal sealed class EchoListener : IDisposable
{
    private readonly TcpListener _listener;

    public EchoListener(IPAddress address, int port)
    {
        _listener = new TcpListener(address, port);
        _listener.Start(1024);
        _ = AcceptAsync();
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The listener was closed.
        }
    }

    private static async Task ServeAsync(Socket client)
    {
        using (client)
        {
            byte[] buffer = new byte[1];
            try
            {
                while (await client.ReceiveAsync(buffer) == 1) await client.SendAsync(buffer);
            }
            catch (SocketException)
            {
                // The client closed it with a reset.
            }
        }
    }
}
