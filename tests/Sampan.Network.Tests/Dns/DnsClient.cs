using System.Buffers.Binary;
using System.Net;
using System.Text;
using Sampan.Network.Dns.Message;

namespace Sampan.Network.Tests.Dns;

/// <summary>Writes queries and reads answers as text, so that tests read like dig.</summary>
internal static class DnsClient
{
    public static byte[] Query(string name, RecordType type, int udpSize = 0, ushort id = 7)
    {
        byte[] wire = DnsName.Parse(name);
        byte[] packet = new byte[12 + wire.Length + 4 + (udpSize > 0 ? 11 : 0)];
        BinaryPrimitives.WriteUInt16BigEndian(packet, id);
        packet[2] = 1;
        packet[5] = 1;
        wire.CopyTo(packet, 12);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(12 + wire.Length), (ushort)type);
        packet[12 + wire.Length + 3] = 1;
        if (udpSize == 0) return packet;
        packet[11] = 1;
        packet[^9] = (byte)RecordType.Opt;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(packet.Length - 8), (ushort)udpSize);
        return packet;
    }

    /// <summary>The answer as lines: the code, then <c>type data</c> of each record of the first two sections.</summary>
    public static List<string> Read(ReadOnlySpan<byte> message)
    {
        var lines = new List<string> { ((ResponseCode)(message[3] & 15)).ToString() };
        if ((message[2] & 2) != 0) lines.Add("truncated");
        var records = DnsRecords.Of(message);
        int shown = DnsRecords.Count(message, 6) + DnsRecords.Count(message, 8);
        while (records.MoveNext())
        {
            if (records.Index <= shown) lines.Add($"{records.Type} {Data(message, records)}");
        }

        Assert.False(records.IsMalformed);
        return lines;
    }

    /// <summary>The records of the last section without OPT, as <c>owner type data</c>.</summary>
    public static List<string> ReadAdditionals(ReadOnlySpan<byte> message)
    {
        var lines = new List<string>();
        var records = DnsRecords.Of(message);
        int others = DnsRecords.Count(message, 6) + DnsRecords.Count(message, 8);
        while (records.MoveNext())
        {
            if (records.Index > others && records.Type != RecordType.Opt)
                lines.Add($"{DnsName.Format(DnsName.Expand(message, records.Start))} {records.Type} {Data(message, records)}");
        }

        return lines;
    }

    /// <summary>The first record's owner and time to live, and for SOA how long a denial may be remembered.</summary>
    public static (string Owner, uint Seconds, uint Negative) ReadFirst(ReadOnlySpan<byte> message)
    {
        var records = DnsRecords.Of(message);
        Assert.True(records.MoveNext());
        uint negative = records.Type == RecordType.Soa ? BinaryPrimitives.ReadUInt32BigEndian(records.Data[^4..]) : 0;
        return (DnsName.Format(DnsName.Expand(message, records.Start)), records.TimeToLive, negative);
    }

    private static string Data(ReadOnlySpan<byte> message, DnsRecords record) => record.Type switch
    {
        RecordType.A or RecordType.Aaaa => new IPAddress(record.Data).ToString(),
        RecordType.Srv => $"{BinaryPrimitives.ReadUInt16BigEndian(record.Data[2..])} {BinaryPrimitives.ReadUInt16BigEndian(record.Data[4..])} {DnsName.Format(record.Data[6..])}",
        RecordType.Txt => Encoding.ASCII.GetString(record.Data[1..]),
        RecordType.Ptr or RecordType.Cname or RecordType.Ns => DnsName.Format(DnsName.Expand(message, record.Fixed + 10)),
        _ => "",
    };
}
