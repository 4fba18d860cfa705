using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sampan.EndToEnd.Tests.Network;

/// <summary>Says "sctp" to every association. Few kernels have SCTP at hand, most as a module.</summary>
internal sealed class SctpServer : IDisposable
{
    private const ProtocolType Sctp = (ProtocolType)132;
    private readonly Socket _socket;

    public SctpServer(NetworkNamespace ns, int port)
    {
        _socket = ns.Run(NewSocket);
        _socket.Bind(new IPEndPoint(IPAddress.Any, port));
        _socket.Listen(16);
        _ = ServeAsync();
    }

    public static bool IsSpoken()
    {
        try
        {
            using var module = Process.Start("modprobe", ["-q", "sctp"]);
            module.WaitForExit();
        }
        catch (Win32Exception)
        {
            // No modules here; the kernel may have it built in.
        }

        try
        {
            NewSocket().Dispose();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public static async Task<string> AskAsync(NetworkNamespace from, string address, int port)
    {
        using var socket = from.Run(NewSocket);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await socket.ConnectAsync(IPAddress.Parse(address), port, limit.Token);
        byte[] answer = new byte[16];
        return Encoding.ASCII.GetString(answer, 0, await socket.ReceiveAsync(answer, limit.Token));
    }

    public void Dispose() => _socket.Dispose();

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, Sctp);

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _socket.AcceptAsync();
                await client.SendAsync("sctp"u8.ToArray());
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
        }
    }
}
