using System.Buffers.Binary;

namespace Sampan.Network.Dns.Message;

/// <summary>Walks over the records of a message, whatever its bytes: ends early, and says so, where they make no sense.</summary>
internal ref struct DnsRecords
{
    private readonly ReadOnlySpan<byte> _message;
    private int _left;

    private DnsRecords(ReadOnlySpan<byte> message, int offset, int count)
    {
        _message = message;
        Next = offset;
        _left = count;
    }

    public bool IsMalformed { get; private set; }

    /// <summary>Where the record begins, with its owner's name.</summary>
    public int Start { get; private set; }

    /// <summary>Where its type begins.</summary>
    public int Fixed { get; private set; }

    /// <summary>The offset behind the record.</summary>
    public int Next { get; private set; }

    /// <summary>How many records were read, beginning with 1.</summary>
    public int Index { get; private set; }

    public readonly RecordType Type => (RecordType)BinaryPrimitives.ReadUInt16BigEndian(_message[Fixed..]);

    public readonly ushort Class => BinaryPrimitives.ReadUInt16BigEndian(_message[(Fixed + 2)..]);

    public readonly int TimeToLiveOffset => Fixed + 4;

    public readonly uint TimeToLive => BinaryPrimitives.ReadUInt32BigEndian(_message[TimeToLiveOffset..]);

    public readonly ReadOnlySpan<byte> Data => _message[(Fixed + 10)..Next];

    /// <summary>Starts behind the questions. A message whose questions are malformed yields no record.</summary>
    public static DnsRecords Of(ReadOnlySpan<byte> message)
    {
        if (message.Length < DnsHeader.Size) return new DnsRecords(message, 0, 0) { IsMalformed = true };
        int questions = Count(message, 4);
        int offset = DnsHeader.Size;
        for (int i = 0; i < questions && offset >= 0; i++)
        {
            offset = DnsName.Skip(message, offset);
            if (offset >= 0) offset = offset + 4 <= message.Length ? offset + 4 : -1;
        }

        int count = Count(message, 6) + Count(message, 8) + Count(message, 10);
        return offset < 0 ? new DnsRecords(message, 0, 0) { IsMalformed = true } : new DnsRecords(message, offset, count);
    }

    public static int Count(ReadOnlySpan<byte> message, int offset) => BinaryPrimitives.ReadUInt16BigEndian(message[offset..]);

    public bool MoveNext()
    {
        if (_left == 0 || IsMalformed) return false;
        _left--;
        int end = DnsName.Skip(_message, Next);
        if (end < 0 || end + 10 > _message.Length) return Malformed();
        int length = BinaryPrimitives.ReadUInt16BigEndian(_message[(end + 8)..]);
        if (end + 10 + length > _message.Length) return Malformed();
        Start = Next;
        Fixed = end;
        Next = end + 10 + length;
        Index++;
        return true;
    }

    private bool Malformed()
    {
        IsMalformed = true;
        return false;
    }
}
