using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Sampan.Network.Dns.Search;

namespace Sampan.Network.Dns.Server;

/// <summary>
/// Serves DNS over UDP: one loop per processor receives, answers at once what needs no waiting, and hands the rest to a task
/// of its own with copies of the buffers.
/// </summary>
internal sealed class UdpServer(IPEndPoint address, QueryHandler handler, ILogger log) : IDisposable
{
    private const int BufferSize = 4096;
    private const int MaxWaiting = 5000;
    private readonly Socket _socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
    private int _waiting;

    /// <summary>The address that was bound, for a port left to the system.</summary>
    public IPEndPoint LocalAddress => (IPEndPoint)_socket.LocalEndPoint!;

    public void Bind()
    {
        _socket.ReceiveBufferSize = _socket.SendBufferSize = 4 << 20;
        _socket.Blocking = false;
        _socket.Bind(address);
    }

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(() => LoopAsync(cancellationToken), cancellationToken)));

    public void Dispose() => _socket.Dispose();

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        byte[] packet = new byte[BufferSize], key = new byte[QueryHandler.KeySize], answer = new byte[BufferSize];
        var client = new SocketAddress(address.AddressFamily);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                int length = await _socket.ReceiveFromAsync(packet, SocketFlags.None, client, cancellationToken);
                int answerLength = handler.TryAnswer(packet.AsSpan(0, length), key, answer, udp: true, ClientAddress.Of(client));
                if (answerLength > 0) Send(answer.AsSpan(0, answerLength), client);
                else if (answerLength < 0 && Volatile.Read(ref _waiting) < MaxWaiting)
                    _ = ForwardAsync(packet.AsSpan(0, length).ToArray(), Copy(client), cancellationToken);
            }
            catch (SocketException)
            {
                // An earlier answer came back as "unreachable", or this one had no room: the client is gone or asks again.
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogError(e, "Answering a DNS query failed");
            }
        }
    }

    /// <summary>
    /// Sends at once or not at all: the client asks again. Not <c>SendToAsync</c>, whose completion can get lost when several loops
    /// send from one socket, and with it the loop.
    /// </summary>
    private void Send(ReadOnlySpan<byte> answer, SocketAddress client) => _socket.SendTo(answer, SocketFlags.None, client);

    private async Task ForwardAsync(byte[] packet, SocketAddress client, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            byte[] answer = new byte[BufferSize];
            int length = await handler.ForwardAsync(packet, answer, udp: true, ClientAddress.Of(client));
            if (length > 0) Send(answer.AsSpan(0, length), client);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client or the server is gone.
        }
        catch (Exception e)
        {
            log.LogError(e, "Answering a forwarded DNS query failed");
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private SocketAddress Copy(SocketAddress client)
    {
        var copy = new SocketAddress(address.AddressFamily, client.Buffer.Length);
        client.Buffer.CopyTo(copy.Buffer);
        copy.Size = client.Size;
        return copy;
    }
}
