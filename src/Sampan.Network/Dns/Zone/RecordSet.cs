using Sampan.Network.Dns.Message;

namespace Sampan.Network.Dns.Zone;

/// <summary>The records of one name and type, ready for the wire, and those that spare the client its next question.</summary>
internal sealed record RecordSet(RecordType Type, byte[] Records, int Count, byte[] Additionals, int AdditionalCount)
{
    public static RecordSet Of(RecordType type, IReadOnlyCollection<byte[]> records) => Of(type, records, []);

    public static RecordSet Of(RecordType type, IReadOnlyCollection<byte[]> records, IReadOnlyCollection<byte[]> additionals) =>
        new(type, [.. records.SelectMany(r => r)], records.Count, [.. additionals.SelectMany(r => r)], additionals.Count);

    /// <summary>The size of a record when all have the same, as addresses do; those are handed out in turns.</summary>
    public int RecordSize => Type is RecordType.A or RecordType.Aaaa ? Records.Length / Count : 0;
}
