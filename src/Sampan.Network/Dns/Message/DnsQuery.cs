using System.Buffers.Binary;

namespace Sampan.Network.Dns.Message;

/// <summary>What a client asks. The name itself is in the buffer of keys that <see cref="TryRead"/> was given.</summary>
internal readonly record struct DnsQuery
{
    private const int MinUdpSize = 512;

    /// <summary>What we accept and send over UDP at most: safe from fragmentation everywhere (DNS flag day 2020).</summary>
    public const int MaxUdpSize = 1232;

    private const ushort InternetClass = 1;
    private const uint DnssecOkFlag = 0x8000;

    public ushort Id { get; private init; }

    public ushort Flags { get; private init; }

    public int NameLength { get; private init; }

    public RecordType Type { get; private init; }

    public ushort Class { get; private init; }

    /// <summary>The offset behind the question.</summary>
    public int QuestionEnd { get; private init; }

    public bool HasEdns { get; private init; }

    public bool DnssecOk { get; private init; }

    /// <summary>How long an answer over UDP may be.</summary>
    public int UdpSize { get; private init; }

    /// <summary>Not <c>NoError</c> when the query can only be answered with that.</summary>
    public ResponseCode Error { get; private init; }

    public bool RecursionDesired => (Flags & DnsHeader.RecursionDesired) != 0;

    public bool CheckingDisabled => (Flags & DnsHeader.CheckingDisabled) != 0;

    public bool IsInternet => Class == InternetClass;

    /// <summary>Whether a whole zone is asked for.</summary>
    public bool IsTransfer => Type is RecordType.Axfr or RecordType.Ixfr;

    /// <summary>Reads a query; false when it deserves no answer at all (too short, or itself an answer).</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, Span<byte> key, out DnsQuery query)
    {
        query = default;
        if (packet.Length < DnsHeader.Size) return false;
        ushort flags = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        if ((flags & DnsHeader.Response) != 0) return false;
        query = new DnsQuery
        {
            Id = BinaryPrimitives.ReadUInt16BigEndian(packet),
            Flags = flags,
            QuestionEnd = DnsHeader.Size,
            UdpSize = MinUdpSize,
        };
        query = (flags & DnsHeader.OpcodeMask) != 0
            ? query with { Error = ResponseCode.NotImplemented }
            : query.WithQuestion(packet, key);
        return true;
    }

    private DnsQuery WithQuestion(ReadOnlySpan<byte> packet, Span<byte> key)
    {
        if (DnsRecords.Count(packet, 4) != 1) return this with { Error = ResponseCode.FormatError };
        int length = DnsName.ReadKey(packet, DnsHeader.Size, key);
        int end = DnsHeader.Size + length + 4;
        if (length == 0 || end > packet.Length) return this with { Error = ResponseCode.FormatError };
        var query = this with
        {
            NameLength = length,
            Type = (RecordType)BinaryPrimitives.ReadUInt16BigEndian(packet[(end - 4)..]),
            Class = BinaryPrimitives.ReadUInt16BigEndian(packet[(end - 2)..]),
            QuestionEnd = end,
        };
        return DnsRecords.Count(packet, 10) == 0 ? query : query.WithEdns(packet);
    }

    /// <summary>A query has one OPT record at most.</summary>
    private DnsQuery WithEdns(ReadOnlySpan<byte> packet)
    {
        var query = this;
        var records = DnsRecords.Of(packet);
        while (records.MoveNext())
        {
            if (records.Type != RecordType.Opt) continue;
            if (query.HasEdns) return this with { Error = ResponseCode.FormatError };
            query = this with
            {
                HasEdns = true,
                DnssecOk = (records.TimeToLive & DnssecOkFlag) != 0,
                UdpSize = Math.Clamp((int)records.Class, MinUdpSize, MaxUdpSize),
                Error = HasEdnsVersion(records.TimeToLive) ? ResponseCode.BadVersion : Error,
            };
        }

        return records.IsMalformed ? this with { Error = ResponseCode.FormatError } : query;
    }

    /// <summary>Whether the version in the OPT record's extended flags is one that we do not know.</summary>
    private static bool HasEdnsVersion(uint flags) => ((flags >> 16) & 0xff) != 0;
}
