using System.Buffers.Binary;

namespace Sampan.Network.Dns.Message;

/// <summary>Writes an answer into a buffer: the query's question, then sections, then OPT when the query had one.</summary>
internal ref struct DnsResponse
{
    private const int OptSize = 11;
    private readonly Span<byte> _buffer;
    private readonly DnsQuery _query;
    private readonly int _limit;
    private ushort _flags;
    private int _answers, _authorities, _additionals;

    /// <param name="buffer">Where the answer goes.</param>
    /// <param name="packet">The query as it came.</param>
    /// <param name="query">The query as it was read.</param>
    /// <param name="limit">How long the answer may be; 0 for as long as the buffer.</param>
    public DnsResponse(Span<byte> buffer, ReadOnlySpan<byte> packet, in DnsQuery query, int limit)
    {
        _buffer = buffer;
        _query = query;
        _limit = Math.Min(limit == 0 ? buffer.Length : limit, buffer.Length) - (query.HasEdns ? OptSize : 0);
        _flags = (ushort)(DnsHeader.Response | DnsHeader.RecursionAvailable
            | (query.Flags & (DnsHeader.OpcodeMask | DnsHeader.RecursionDesired | DnsHeader.CheckingDisabled)));
        packet[..query.QuestionEnd].CopyTo(buffer);
        Length = query.QuestionEnd;
    }

    public int Length { get; private set; }

    public readonly int Free => _limit - Length;

    /// <summary>Adds whole records to the answers, or marks the answer as truncated when they do not fit.</summary>
    public bool AddAnswers(scoped ReadOnlySpan<byte> records, int count)
    {
        if (!TryCopy(records)) return Truncate();
        _answers += count;
        return true;
    }

    /// <summary>Adds records of one size, beginning with any of them, as many as fit.</summary>
    public void AddRotated(scoped ReadOnlySpan<byte> records, int size, int first)
    {
        int count = records.Length / size, fitting = Math.Min(count, Free / size);
        for (int i = 0; i < fitting; i++)
            TryCopy(records.Slice((first + i) % count * size, size));
        _answers += fitting;
        if (fitting < count) Truncate();
    }

    public bool AddAuthority(scoped ReadOnlySpan<byte> record)
    {
        if (!TryCopy(record)) return Truncate();
        _authorities++;
        return true;
    }

    /// <summary>Adds records that help; without room they are left out.</summary>
    public void AddAdditionals(scoped ReadOnlySpan<byte> records, int count)
    {
        if (TryCopy(records)) _additionals += count;
    }

    public void Authoritative() => _flags |= DnsHeader.Authoritative;

    /// <summary>Completes the message and returns its length.</summary>
    public int Finish(ResponseCode code)
    {
        if (_query.HasEdns) AddOpt(code);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[2..], (ushort)(_flags | ((ushort)code & DnsHeader.CodeMask)));
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[4..], (ushort)(_query.QuestionEnd > DnsHeader.Size ? 1 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[6..], (ushort)_answers);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[8..], (ushort)_authorities);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[10..], (ushort)_additionals);
        return Length;
    }

    /// <summary>Writes an answer without records.</summary>
    public static int Empty(Span<byte> buffer, ReadOnlySpan<byte> packet, in DnsQuery query, ResponseCode code) =>
        new DnsResponse(buffer, packet, query, 0).Finish(code);

    private void AddOpt(ResponseCode code)
    {
        var opt = _buffer.Slice(Length, OptSize);
        opt.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(opt[1..], (ushort)RecordType.Opt);
        BinaryPrimitives.WriteUInt16BigEndian(opt[3..], DnsQuery.MaxUdpSize);
        opt[5] = (byte)((ushort)code >> 4);
        if (_query.DnssecOk) opt[7] = 0x80;
        Length += OptSize;
        _additionals++;
    }

    private bool TryCopy(scoped ReadOnlySpan<byte> records)
    {
        if (records.Length > Free) return false;
        records.CopyTo(_buffer[Length..]);
        Length += records.Length;
        return true;
    }

    private bool Truncate()
    {
        _flags |= DnsHeader.Truncated;
        return false;
    }
}
