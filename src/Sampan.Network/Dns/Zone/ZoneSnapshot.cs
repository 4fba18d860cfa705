using System.Collections.Immutable;
using Sampan.Network.Dns.Message;

namespace Sampan.Network.Dns.Zone;

/// <summary>All names of the zone at one moment. Never changes; a query reads one of them from beginning to end.</summary>
internal sealed record ZoneSnapshot(ImmutableDictionary<ReadOnlyMemory<byte>, NameEntry> Names)
{
    public static ZoneSnapshot Empty { get; } =
        new(ImmutableDictionary.Create<ReadOnlyMemory<byte>, NameEntry>(DnsNameComparer.Instance));

    public NameEntry? Find(ReadOnlyMemory<byte> key) => Names.GetValueOrDefault(key);
}
