using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Sampan.Client.Http;

/// <summary>
/// Cuts a watch's stream into events. JSON: one object a line. Protobuf: four bytes of length, big-endian, then the frame.
/// </summary>
internal static class WatchFrames
{
    private static readonly StreamPipeReaderOptions Buffers = new(bufferSize: 16 * 1024, leaveOpen: true);

    public static async IAsyncEnumerable<ApiEvent> ReadAsync(
        Stream stream, string mediaType, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var protobuf = mediaType.StartsWith(MediaTypes.Protobuf, StringComparison.Ordinal);
        var pipe = PipeReader.Create(stream, Buffers);
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync(cancellationToken);
                var buffer = read.Buffer;
                while (protobuf ? TakePrefixed(ref buffer, out var frame) : TakeLine(ref buffer, out frame))
                    yield return protobuf ? WatchFrame.FromProtobuf(frame) : WatchFrame.FromJson(frame);
                if (read.IsCompleted)
                {
                    if (!protobuf && !IsBlank(buffer)) yield return WatchFrame.FromJson(buffer.ToArray());
                    yield break;
                }

                pipe.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private static bool TakeLine(ref ReadOnlySequence<byte> buffer, out ReadOnlyMemory<byte> frame)
    {
        while (buffer.PositionOf((byte)'\n') is { } end)
        {
            var line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            if (IsBlank(line)) continue;
            frame = line.IsSingleSegment ? line.First : line.ToArray();
            return true;
        }

        frame = default;
        return false;
    }

    private static bool TakePrefixed(ref ReadOnlySequence<byte> buffer, out ReadOnlyMemory<byte> frame)
    {
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryReadBigEndian(out int length) || reader.Remaining < length)
        {
            frame = default;
            return false;
        }

        frame = buffer.Slice(4, length).ToArray();
        buffer = buffer.Slice(4 + length);
        return true;
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
            if (part.Span.ContainsAnyExcept(" \r\n\t"u8)) return false;
        return true;
    }
}
