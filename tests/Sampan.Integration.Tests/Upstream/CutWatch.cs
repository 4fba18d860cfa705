using System.Text;

namespace Sampan.Integration.Tests.Upstream;

/// <summary>
/// A watch as the worst of servers would send it: late, without bookmarks, and ended after some events. Each line is an event.
/// </summary>
internal sealed class CutWatch(Stream to, int most, Action end) : Stream
{
    private static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(10);
    private readonly MemoryStream _line = new();
    private int _sent;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Span.IndexOf((byte)'\n') is >= 0 and var end)
        {
            _line.Write(buffer.Span[..(end + 1)]);
            await SendLineAsync(cancellationToken);
            buffer = buffer[(end + 1)..];
        }

        _line.Write(buffer.Span);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override Task FlushAsync(CancellationToken cancellationToken) => to.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async Task SendLineAsync(CancellationToken cancellationToken)
    {
        var line = _line.ToArray();
        _line.SetLength(0);
        if (_sent >= most || Encoding.UTF8.GetString(line, 0, Math.Min(line.Length, 40)).Contains("BOOKMARK", StringComparison.Ordinal)) return;
        await Task.Delay(Lag, cancellationToken);
        await to.WriteAsync(line, cancellationToken);
        await to.FlushAsync(cancellationToken);
        if (++_sent == most) end();
    }
}
