using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Sampan.Network.Dns.Message;

namespace Sampan.Network.Tests.Dns;

/// <summary>A name server whose answer is too long for UDP: there it says so, over TCP on the same port it gives the records.</summary>
internal sealed class FakeTcpUpstream : IAsyncDisposable
{
    private const int Attempts = 50;
    private readonly UdpClient _udp;
    private readonly TcpListener _tcp;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public FakeTcpUpstream(byte[] records, int count)
    {
        (_udp, _tcp) = Bind();
        Address = (IPEndPoint)_tcp.LocalEndpoint;
        _running = Task.WhenAll(TruncateAsync(), AnswerAsync(records, count));
    }

    public IPEndPoint Address { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        _udp.Dispose();
        _tcp.Dispose();
        _stop.Dispose();
    }

    /// <summary>A port that is free for both.</summary>
    private static (UdpClient Udp, TcpListener Tcp) Bind()
    {
        for (int attempt = 1; ; attempt++)
        {
            var tcp = new TcpListener(IPAddress.Loopback, 0);
            tcp.Start();
            try
            {
                return (new UdpClient((IPEndPoint)tcp.LocalEndpoint), tcp);
            }
            catch (SocketException) when (attempt < Attempts)
            {
                tcp.Dispose();
            }
        }
    }

    private async Task TruncateAsync()
    {
        while (true)
        {
            var received = await _udp.ReceiveAsync(_stop.Token);
            byte[] answer = Answer(received.Buffer, [], 0);
            answer[2] |= DnsHeader.Truncated >> 8;
            await _udp.SendAsync(answer, received.RemoteEndPoint, _stop.Token);
        }
    }

    private async Task AnswerAsync(byte[] records, int count)
    {
        while (true)
        {
            using var client = await _tcp.AcceptTcpClientAsync(_stop.Token);
            var stream = client.GetStream();
            byte[] length = new byte[2];
            await stream.ReadExactlyAsync(length, _stop.Token);
            byte[] query = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            await stream.ReadExactlyAsync(query, _stop.Token);
            byte[] answer = Answer(query, records, count);
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)answer.Length);
            await stream.WriteAsync((byte[])[.. length, .. answer], _stop.Token);
        }
    }

    private static byte[] Answer(byte[] packet, byte[] records, int count)
    {
        byte[] key = new byte[300], buffer = new byte[8192];
        Assert.True(DnsQuery.TryRead(packet, key, out var query));
        var response = new DnsResponse(buffer, packet, query, 0);
        if (count > 0) response.AddAnswers(records, count);
        return buffer[..response.Finish(ResponseCode.NoError)];
    }
}
