using System.Buffers.Binary;

namespace Sampan.Client.Streaming.Spdy;

/// <summary>
/// The client's side of a SPDY/3.1 connection, as far as Kubernetes uses it: we open all streams, nobody keeps
/// flow-control windows, and the headers of answers are not needed.
/// <code>
/// control frame  1|version 3 (2 bytes)  type (2)  flags (1)  length (3)  payload
/// data frame     0|stream id (4)                  flags (1)  length (3)  payload
/// </code>
/// </summary>
public sealed class SpdyConnection(Stream connection) : IAsyncDisposable
{
    private const int MaxFrame = 1 << 24;
    private const byte FlagFin = 1;
    private const int SynStream = 1, SynReply = 2, ResetStream = 3, Ping = 6, GoAway = 7;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SpdyHeaderWriter _headers = new();
    private int _nextStream = 1;

    /// <summary>Opens a stream with the given headers (lower-case names).</summary>
    /// <returns>Its id, by which its data comes back.</returns>
    public async Task<int> OpenStreamAsync(IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            var id = _nextStream;
            _nextStream += 2;
            var block = _headers.Write(headers);
            var frame = new byte[18 + block.Length];
            WriteControlHead(frame, SynStream, frame.Length - 8);
            BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(8), id);      // then: associated stream 0, priority 0, slot 0
            block.CopyTo(frame.AsSpan(18));
            await connection.WriteAsync(frame, ct);
            return id;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Sends data; with <paramref name="last"/>, ours is the end of that direction.</summary>
    public async Task SendAsync(int stream, ReadOnlyMemory<byte> data, bool last, CancellationToken ct)
    {
        var head = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(head, stream);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), data.Length);
        if (last) head[4] = FlagFin;
        await _writing.WaitAsync(ct);
        try
        {
            await connection.WriteAsync(head, ct);
            if (!data.IsEmpty) await connection.WriteAsync(data, ct);
            await connection.FlushAsync(ct);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>
    /// Reads what comes, one event after the other, until the other side has closed the connection. An event's data is
    /// valid until the next one is asked for.
    /// </summary>
    public async IAsyncEnumerable<SpdyEvent> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var head = new byte[8];
        var payload = new byte[4096];
        while (await TryFillAsync(head, ct))
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4)) & (MaxFrame - 1);
            if (payload.Length < length) payload = new byte[length];
            if (length > 0) await connection.ReadExactlyAsync(payload.AsMemory(0, length), ct);
            var isControl = (head[0] & 0x80) != 0;
            if (!isControl)
            {
                yield return new(BinaryPrimitives.ReadInt32BigEndian(head), payload.AsMemory(0, length), (head[4] & FlagFin) != 0);
                continue;
            }
            switch (BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2)))
            {
                case SynReply when length >= 4 && (head[4] & FlagFin) != 0:
                case ResetStream when length >= 8:
                    yield return new(BinaryPrimitives.ReadInt32BigEndian(payload) & 0x7fffffff, default, true);
                    break;
                case Ping when length == 4:
                    await AnswerPingAsync(head, payload.AsMemory(0, 4), ct);
                    break;
                case GoAway:
                    yield break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _writing.Dispose();
        await connection.DisposeAsync();
    }

    // Even numbers are the server's own pings and are echoed; odd ones would answer ours, which we never send.
    private async Task AnswerPingAsync(byte[] head, ReadOnlyMemory<byte> id, CancellationToken ct)
    {
        if ((id.Span[3] & 1) != 0) return;
        byte[] frame = [.. head, .. id.Span];
        await _writing.WaitAsync(ct);
        try
        {
            await connection.WriteAsync(frame, ct);
        }
        finally
        {
            _writing.Release();
        }
    }

    private static void WriteControlHead(Span<byte> frame, ushort type, int length)
    {
        BinaryPrimitives.WriteUInt16BigEndian(frame, 0x8003);
        BinaryPrimitives.WriteUInt16BigEndian(frame[2..], type);
        BinaryPrimitives.WriteInt32BigEndian(frame[4..], length);
    }

    private async Task<bool> TryFillAsync(byte[] buffer, CancellationToken ct)
    {
        var first = await connection.ReadAsync(buffer, ct);
        if (first == 0) return false;
        await connection.ReadExactlyAsync(buffer.AsMemory(first), ct);
        return true;
    }
}
