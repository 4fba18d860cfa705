using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Sampan.Network.Dns.Search;

namespace Sampan.Network.Dns.Server;

/// <summary>Serves DNS over TCP: messages behind their length, several per connection, few connections at a time.</summary>
internal sealed class TcpServer(
    IPEndPoint address, QueryHandler handler, TimeProvider time, ILogger log) : IDisposable
{
    private const int MaxConnections = 256;
    private const int MaxMessage = ushort.MaxValue;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);
    private readonly Socket _socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
    private readonly SemaphoreSlim _connections = new(MaxConnections);

    public void Bind()
    {
        _socket.Bind(address);
        _socket.Listen();
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await _connections.WaitAsync(cancellationToken);
                var client = await _socket.AcceptAsync(cancellationToken);
                _ = ServeAsync(client, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException e)
            {
                _connections.Release();
                log.LogDebug(e, "Accepting a DNS connection failed");
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task ServeAsync(Socket client, CancellationToken cancellationToken)
    {
        try
        {
            using (client)
            {
                await using var stream = new NetworkStream(client);
                var from = ClientAddress.Of((client.RemoteEndPoint as IPEndPoint)?.Address);
                byte[] head = new byte[2], key = new byte[QueryHandler.KeySize], answer = new byte[2 + MaxMessage];
                while (await ReadAsync(stream, head, cancellationToken) is { } packet)
                {
                    int length = handler.TryAnswer(packet, key, answer.AsSpan(2), udp: false, from);
                    if (length < 0) length = await handler.ForwardAsync(packet, answer.AsMemory(2), udp: false, from);
                    if (length <= 0) return;
                    BinaryPrimitives.WriteUInt16BigEndian(answer, (ushort)length);
                    await stream.WriteAsync(answer.AsMemory(0, 2 + length), cancellationToken);
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away or was idle for too long.
        }
        catch (Exception e)
        {
            log.LogError(e, "Answering a DNS query over TCP failed");
        }
        finally
        {
            _connections.Release();
        }
    }

    private async Task<byte[]?> ReadAsync(NetworkStream stream, byte[] head, CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(Idle, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, both.Token) < head.Length) return null;
        byte[] packet = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
        await stream.ReadExactlyAsync(packet, both.Token);
        return packet;
    }
}
