namespace Sampan.Network.Dns.Message;

/// <summary>Compares names as keys byte by byte, so that a name can be looked up where it lies in a buffer.</summary>
internal sealed class DnsNameComparer : IEqualityComparer<ReadOnlyMemory<byte>>
{
    public static DnsNameComparer Instance { get; } = new();

    public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

    public int GetHashCode(ReadOnlyMemory<byte> obj)
    {
        var hash = default(HashCode);
        hash.AddBytes(obj.Span);
        return hash.ToHashCode();
    }
}
