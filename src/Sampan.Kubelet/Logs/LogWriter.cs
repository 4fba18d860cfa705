namespace Sampan.Kubelet.Logs;

/// <summary>Turns CRI log lines into what the user sees, up to the limit of bytes.</summary>
internal sealed class LogWriter(LogOptions options)
{
    private readonly List<byte> _buffer = [];
    private long _left = options.LimitBytes ?? long.MaxValue;
    private bool _atLineStart = true;

    /// <summary>Nothing more will be written.</summary>
    public bool IsFull => _left <= 0;

    public void Add(ReadOnlySpan<byte> raw)
    {
        if (IsFull || !LogLine.TryParse(raw, out var line) || !IsWanted(line))
        {
            return;
        }

        var before = _buffer.Count;
        if (options.Timestamps && _atLineStart)
        {
            LogLine.AppendFixedTimestamp(line.Timestamp, _buffer);
            _buffer.Add((byte)' ');
        }

        _buffer.AddRange(line.Text);
        if (!line.IsPartial)
        {
            _buffer.Add((byte)'\n');
        }

        _atLineStart = !line.IsPartial;
        Limit(before);
    }

    /// <summary>What was added since the last time.</summary>
    public byte[] Take()
    {
        byte[] text = [.. _buffer];
        _buffer.Clear();
        return text;
    }

    public async Task FlushAsync(Stream output, CancellationToken cancellationToken)
    {
        if (_buffer.Count > 0)
        {
            await output.WriteAsync(Take(), cancellationToken);
            await output.FlushAsync(cancellationToken);
        }
    }

    private bool IsWanted(LogLine line)
    {
        if (options.Stream is { } stream && !line.Stream.SequenceEqual(stream == "stdout" ? "stdout"u8 : "stderr"u8))
        {
            return false;
        }

        return options.Since is not { } since || line.Time is not { } time || time >= since;
    }

    private void Limit(int before)
    {
        var added = _buffer.Count - before;
        if (added > _left)
        {
            _buffer.RemoveRange(before + (int)_left, added - (int)_left);
        }

        _left -= added;
    }
}
