using System.Buffers.Binary;
using Sampan.Network.Dns.Message;

namespace Sampan.Network.Dns.Forwarding;

/// <summary>An upstream's answer without its OPT record, and how long it may be used.</summary>
internal sealed class UpstreamAnswer
{
    private const uint MaxSeconds = 3600, MaxNegativeSeconds = 300;
    private readonly byte[] _message;
    private readonly int[] _ttlOffsets;

    private UpstreamAnswer(byte[] message, int[] ttlOffsets, uint seconds)
    {
        _message = message;
        _ttlOffsets = ttlOffsets;
        Seconds = seconds;
    }

    /// <summary>How long the answer may be kept; zero for not at all.</summary>
    public uint Seconds { get; }

    /// <summary>Roughly what it costs to keep the answer, in bytes.</summary>
    public int Size => _message.Length + (_ttlOffsets.Length * 4) + 200;

    public int Length => _message.Length;

    public ResponseCode Code => (ResponseCode)(_message[3] & DnsHeader.CodeMask);

    /// <summary>Reads an answer; null when it is malformed, so that it reaches nobody.</summary>
    public static UpstreamAnswer? TryRead(ReadOnlySpan<byte> message)
    {
        var records = DnsRecords.Of(message);
        var offsets = new List<int>();
        int optStart = -1, end = message.Length, lastEnd = 0;
        uint ttl = uint.MaxValue, negative = uint.MaxValue;
        while (records.MoveNext())
        {
            lastEnd = records.Next;
            if (records.Type == RecordType.Opt)
            {
                optStart = records.Start;
                continue;
            }

            if (optStart >= 0) return null;
            offsets.Add(records.TimeToLiveOffset);
            ttl = Math.Min(ttl, records.TimeToLive);
            if (records.Type == RecordType.Soa && records.Data.Length >= 4)
                negative = Math.Min(records.TimeToLive, BinaryPrimitives.ReadUInt32BigEndian(records.Data[^4..]));
        }

        if (records.IsMalformed) return null;
        if (lastEnd > 0) end = optStart >= 0 ? optStart : lastEnd;
        byte[] copy = message[..end].ToArray();
        if (optStart >= 0) BinaryPrimitives.WriteUInt16BigEndian(copy.AsSpan(10), (ushort)(DnsRecords.Count(copy, 10) - 1));
        return new UpstreamAnswer(copy, [.. offsets], Lifetime(copy, ttl, negative));
    }

    /// <summary>Writes the answer as one to this query: its id, its spelling of the name, and what is left of the times to live.</summary>
    public int Write(Span<byte> buffer, ReadOnlySpan<byte> packet, in DnsQuery query, uint age, int limit)
    {
        int room = Math.Min(limit == 0 ? buffer.Length : limit, buffer.Length) - (query.HasEdns ? 11 : 0);
        if (_message.Length > room || _message.Length < query.QuestionEnd)
            return Truncated(buffer, packet, query);
        _message.CopyTo(buffer);
        packet[..2].CopyTo(buffer);
        packet[DnsHeader.Size..query.QuestionEnd].CopyTo(buffer[DnsHeader.Size..]);
        foreach (int offset in _ttlOffsets)
        {
            uint ttl = BinaryPrimitives.ReadUInt32BigEndian(buffer[offset..]);
            BinaryPrimitives.WriteUInt32BigEndian(buffer[offset..], ttl > age ? ttl - age : 0);
        }

        return query.HasEdns ? AddOpt(buffer, _message.Length, query) : _message.Length;
    }

    /// <summary>
    /// The records of the answer section with all names written out, so that they can be put into another message.
    /// </summary>
    /// <param name="age">How many seconds ago the answer came; what is left of its times to live is said.</param>
    public IEnumerable<byte[]> ExpandAnswers(uint age)
    {
        var expanded = new List<byte[]>();
        var records = DnsRecords.Of(_message);
        int answers = DnsRecords.Count(_message, 6);
        while (records.MoveNext() && records.Index <= answers)
        {
            byte[]? owner = DnsName.Expand(_message, records.Start);
            byte[]? data = Data(_message, records);
            if (owner is not null && data is not null)
                expanded.Add(DnsRecordWriter.Name(owner, records.Type, records.TimeToLive > age ? records.TimeToLive - age : 0, data));
        }

        return expanded;
    }

    /// <summary>A record's data; null for the few that have several names, which nobody looks for behind an alias.</summary>
    private static byte[]? Data(ReadOnlySpan<byte> message, in DnsRecords record)
    {
        int before = record.Type switch
        {
            RecordType.Soa => -1,
            RecordType.Cname or RecordType.Ns or RecordType.Ptr => 0,
            RecordType.Mx => 2,
            RecordType.Srv => 6,
            _ => record.Data.Length,
        };
        if (before < 0 || before > record.Data.Length) return null;
        if (before == record.Data.Length) return record.Data.ToArray();
        return DnsName.Expand(message, record.Fixed + 10 + before) is { } name ? [.. record.Data[..before], .. name] : null;
    }

    private static int Truncated(Span<byte> buffer, ReadOnlySpan<byte> packet, in DnsQuery query)
    {
        int length = DnsResponse.Empty(buffer, packet, query, ResponseCode.NoError);
        buffer[2] |= DnsHeader.Truncated >> 8;
        return length;
    }

    private static int AddOpt(Span<byte> buffer, int length, in DnsQuery query)
    {
        var opt = buffer.Slice(length, 11);
        opt.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(opt[1..], (ushort)RecordType.Opt);
        BinaryPrimitives.WriteUInt16BigEndian(opt[3..], DnsQuery.MaxUdpSize);
        if (query.DnssecOk) opt[7] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(buffer[10..], (ushort)(DnsRecords.Count(buffer, 10) + 1));
        return length + 11;
    }

    private static uint Lifetime(ReadOnlySpan<byte> message, uint ttl, uint negative)
    {
        var code = (ResponseCode)(message[3] & DnsHeader.CodeMask);
        bool hasAnswers = DnsRecords.Count(message, 6) > 0;
        return (code, hasAnswers) switch
        {
            (ResponseCode.NoError, true) => Math.Min(ttl, MaxSeconds),
            (ResponseCode.NoError or ResponseCode.NameError, _) when negative != uint.MaxValue => Math.Min(negative, MaxNegativeSeconds),
            _ => 0,
        };
    }
}
