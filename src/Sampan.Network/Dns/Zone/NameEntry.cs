using System.Collections.Immutable;
using Sampan.Network.Dns.Message;

namespace Sampan.Network.Dns.Zone;

/// <summary>Everything known about one name. Without records it only exists, as <c>_tcp.web.default.svc</c> does.</summary>
internal sealed record NameEntry(ImmutableArray<RecordSet> Sets)
{
    public static NameEntry Empty { get; } = new([]);

    /// <summary>The name that this one stands for (CNAME), as a key.</summary>
    public byte[]? Alias { get; init; }

    public RecordSet? Find(RecordType type)
    {
        foreach (var set in Sets)
        {
            if (set.Type == type || type == RecordType.Any) return set;
        }

        return null;
    }
}
