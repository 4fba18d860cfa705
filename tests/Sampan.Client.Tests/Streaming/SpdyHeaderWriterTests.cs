using System.IO.Compression;
using Sampan.Client.Streaming.Spdy;

namespace Sampan.Client.Tests.Streaming;

public sealed class SpdyHeaderWriterTests
{
    [Fact]
    public void Write_TwoBlocks_AreOneZlibStream()
    {
        var writer = new SpdyHeaderWriter();
        var first = writer.Write([new("StreamType", "error")]);
        var second = writer.Write([new("streamtype", "stdin")]);

        byte[] expected =
        [
            0, 0, 0, 1, 0, 0, 0, 10, .. "streamtype"u8, 0, 0, 0, 5, .. "error"u8,
            0, 0, 0, 1, 0, 0, 0, 10, .. "streamtype"u8, 0, 0, 0, 5, .. "stdin"u8,
        ];
        using var inflated = new ZLibStream(new MemoryStream([.. first, .. second]), CompressionMode.Decompress);
        var actual = new byte[expected.Length];
        inflated.ReadExactly(actual);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Write_HeadersTooLong_AreRefused() =>
        Assert.Throws<ArgumentException>(() => new SpdyHeaderWriter().Write([new("name", new string('x', 70_000))]));
}
