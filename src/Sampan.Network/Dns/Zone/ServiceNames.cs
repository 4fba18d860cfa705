namespace Sampan.Network.Dns.Zone;

/// <summary>What one Service adds to the zone: names of its own, and reverse names that it may share with others.</summary>
internal sealed class ServiceNames
{
    public static ServiceNames None { get; } = new();

    /// <summary>Names as keys.</summary>
    public Dictionary<ReadOnlyMemory<byte>, NameEntry> Names { get; } = new(Message.DnsNameComparer.Instance);

    /// <summary>Reverse name of an address → the name of it.</summary>
    public List<(byte[] Reverse, byte[] Name)> Reverse { get; } = [];
}
