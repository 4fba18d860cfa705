using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sampan.Network.Dns.Message;

/// <summary>Writes records as bytes that can be put into any answer: owners are whole names, or point to the question's name.</summary>
internal static class DnsRecordWriter
{
    /// <summary>A pointer to offset 12, where the question's name is.</summary>
    public static readonly byte[] Question = [0xc0, 0x0c];

    public static RecordType TypeOf(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? RecordType.Aaaa : RecordType.A;

    public static byte[] Address(byte[] owner, IPAddress address, uint ttl) =>
        Record(owner, TypeOf(address), ttl, address.GetAddressBytes());

    public static byte[] Name(byte[] owner, RecordType type, uint ttl, byte[] target) => Record(owner, type, ttl, target);

    public static byte[] Service(byte[] owner, uint ttl, ushort weight, ushort port, byte[] target)
    {
        byte[] data = new byte[6 + target.Length];
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(2), weight);
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(4), port);
        target.CopyTo(data, 6);
        return Record(owner, RecordType.Srv, ttl, data);
    }

    public static byte[] Text(byte[] owner, uint ttl, string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        return Record(owner, RecordType.Txt, ttl, [(byte)bytes.Length, .. bytes]);
    }

    public static byte[] StartOfAuthority(byte[] zone, byte[] server, byte[] mailbox, uint ttl, uint serial)
    {
        byte[] data = new byte[server.Length + mailbox.Length + 20];
        server.CopyTo(data, 0);
        mailbox.CopyTo(data, server.Length);
        var numbers = data.AsSpan(server.Length + mailbox.Length);
        uint[] values = [serial, 7200, 1800, 86400, ttl];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(numbers[(i * 4)..], values[i]);
        return Record(zone, RecordType.Soa, ttl, data);
    }

    private static byte[] Record(byte[] owner, RecordType type, uint ttl, byte[] data)
    {
        byte[] record = new byte[owner.Length + 10 + data.Length];
        owner.CopyTo(record, 0);
        var rest = record.AsSpan(owner.Length);
        BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(rest[2..], 1);
        BinaryPrimitives.WriteUInt32BigEndian(rest[4..], ttl);
        BinaryPrimitives.WriteUInt16BigEndian(rest[8..], (ushort)data.Length);
        data.CopyTo(rest[10..]);
        return record;
    }
}
