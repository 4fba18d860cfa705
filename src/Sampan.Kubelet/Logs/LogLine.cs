using System.Buffers.Text;
using System.Text;

namespace Sampan.Kubelet.Logs;

/// <summary>
/// A line as a CRI runtime writes it; P marks a part of a longer line, F its end (or a whole one).
/// <code>2026-01-02T03:04:05.678901234Z stdout F the text</code>
/// </summary>
internal readonly ref struct LogLine
{
    private const byte Blank = (byte)' ';

    private LogLine(ReadOnlySpan<byte> timestamp, ReadOnlySpan<byte> stream, bool isPartial, ReadOnlySpan<byte> text)
    {
        Timestamp = timestamp;
        Stream = stream;
        IsPartial = isPartial;
        Text = text;
    }

    public ReadOnlySpan<byte> Timestamp { get; }

    public ReadOnlySpan<byte> Stream { get; }

    public bool IsPartial { get; }

    /// <summary>Without the line break.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <param name="line">Without its line break.</param>
    /// <param name="parsed">The parts of the line.</param>
    public static bool TryParse(ReadOnlySpan<byte> line, out LogLine parsed)
    {
        parsed = default;
        var rest = line;
        if (!TryCut(ref rest, out var timestamp) || !TryCut(ref rest, out var stream))
        {
            return false;
        }

        var end = rest.IndexOf(Blank);
        var tags = end < 0 ? rest : rest[..end];
        var text = end < 0 ? [] : rest[(end + 1)..];
        var first = tags.IndexOf((byte)':') is var colon and >= 0 ? tags[..colon] : tags;
        parsed = new LogLine(timestamp, stream, first.SequenceEqual("P"u8), text);
        return stream.SequenceEqual("stdout"u8) || stream.SequenceEqual("stderr"u8);
    }

    /// <summary>The time, to the tenth of a microsecond that .NET keeps.</summary>
    public DateTimeOffset? Time =>
        DateTimeOffset.TryParse(Encoding.ASCII.GetString(Timestamp), out var time) ? time : null;

    /// <summary>Writes the time with exactly nine digits after the point, so that columns line up.</summary>
    public static void AppendFixedTimestamp(ReadOnlySpan<byte> timestamp, List<byte> output)
    {
        var point = timestamp.IndexOf((byte)'.');
        var zone = timestamp.LastIndexOfAny("Z+-"u8);
        var fraction = point < 0 ? [] : timestamp[(point + 1)..zone];
        output.AddRange(timestamp[..(point < 0 ? zone : point)]);
        output.Add((byte)'.');
        output.AddRange(fraction);
        for (var digits = fraction.Length; digits < 9; digits++)
        {
            output.Add((byte)'0');
        }

        output.AddRange(timestamp[zone..]);
    }

    private static bool TryCut(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> part)
    {
        var end = rest.IndexOf(Blank);
        part = end < 0 ? [] : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return end > 0;
    }
}
