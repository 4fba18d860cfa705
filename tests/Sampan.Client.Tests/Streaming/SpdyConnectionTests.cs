using System.IO.Pipelines;
using Sampan.Client.Streaming.Spdy;

namespace Sampan.Client.Tests.Streaming;

public sealed class SpdyConnectionTests
{
    private readonly Pipe _toServer = new();
    private readonly Pipe _toClient = new();

    private static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    [Fact]
    public async Task OpenStream_Twice_UsesOddIds()
    {
        await using var connection = Connect();
        Assert.Equal(1, await connection.OpenStreamAsync([new("streamtype", "error")], Limit));
        Assert.Equal(3, await connection.OpenStreamAsync([new("streamtype", "stdin")], Limit));
    }

    [Fact]
    public async Task Send_Last_SetsTheFinFlag()
    {
        await using var connection = Connect();
        await connection.SendAsync(3, "hi"u8.ToArray(), last: true, Limit);
        Assert.Equal([0, 0, 0, 3, 1, 0, 0, 2, (byte)'h', (byte)'i'], await ReadSentAsync(10));
    }

    [Fact]
    public async Task Read_DataResetAndPing_AreToldApart()
    {
        await using var connection = Connect();
        await ReceiveAsync([0, 0, 0, 1, 0, 0, 0, 2, 7, 8]);                             // data of stream 1
        await ReceiveAsync([0x80, 3, 0, 6, 0, 0, 0, 4, 0, 0, 0, 2]);                    // the server's ping
        await ReceiveAsync([0x80, 3, 0, 3, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 1]);        // reset of stream 1
        await _toClient.Writer.CompleteAsync();

        var events = new List<string>();
        await foreach (var e in connection.ReadAsync(Limit)) events.Add($"{e.StreamId} {Convert.ToHexString(e.Data.Span)} {e.IsLast}");

        Assert.Equal(["1 0708 False", "1  True"], events);
        Assert.Equal([0x80, 3, 0, 6, 0, 0, 0, 4, 0, 0, 0, 2], await ReadSentAsync(12));
    }

    private SpdyConnection Connect() => new(new DuplexPipeStream(_toClient.Reader.AsStream(), _toServer.Writer.AsStream()));

    private async Task ReceiveAsync(byte[] frame) => await _toClient.Writer.WriteAsync(frame, Limit);

    private async Task<byte[]> ReadSentAsync(int count)
    {
        var bytes = new byte[count];
        await _toServer.Reader.AsStream().ReadExactlyAsync(bytes, Limit);
        return bytes;
    }

    private sealed class DuplexPipeStream(Stream input, Stream output) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() => output.Flush();
        public override int Read(byte[] buffer, int offset, int count) => input.Read(buffer, offset, count);
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => input.ReadAsync(buffer, cancellationToken);
        public override void Write(byte[] buffer, int offset, int count) => output.Write(buffer, offset, count);
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => output.WriteAsync(buffer, cancellationToken);
        public override Task FlushAsync(CancellationToken cancellationToken) => output.FlushAsync(cancellationToken);
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
