using System.Net;
using System.Net.Sockets;
using Sampan.Network.Dns.Message;

namespace Sampan.Network.Tests.Dns;

/// <summary>A name server on a loopback port that answers as a function says; null is silence, or another code.</summary>
internal sealed class FakeUpstream : IAsyncDisposable
{
    private readonly UdpClient _udp = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public FakeUpstream(Func<string, byte[]?> records, ResponseCode otherwise = ResponseCode.NoError)
    {
        Address = (IPEndPoint)_udp.Client.LocalEndPoint!;
        _running = RunAsync(records, otherwise);
    }

    public IPEndPoint Address { get; }

    public int Queries { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _udp.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(Func<string, byte[]?> records, ResponseCode otherwise)
    {
        try
        {
            while (true)
            {
                var received = await _udp.ReceiveAsync(_stop.Token);
                Queries++;
                if (Answer(received.Buffer, records, otherwise) is { } answer) await _udp.SendAsync(answer, received.RemoteEndPoint, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static byte[]? Answer(byte[] packet, Func<string, byte[]?> records, ResponseCode otherwise)
    {
        byte[] key = new byte[300], buffer = new byte[4096];
        Assert.True(DnsQuery.TryRead(packet, key, out var query));
        if (records(DnsName.Format(key.AsSpan(0, query.NameLength))) is not { } record)
            return otherwise == ResponseCode.NoError ? null : buffer[..DnsResponse.Empty(buffer, packet, query, otherwise)];
        var response = new DnsResponse(buffer, packet, query, 0);
        if (record.Length > 0) response.AddAnswers(record, 1);
        else response.AddAuthority(DnsRecordWriter.StartOfAuthority(DnsName.Parse("test"), [0], [0], 60, 1));
        return buffer[..response.Finish(record.Length > 0 ? ResponseCode.NoError : ResponseCode.NameError)];
    }
}
