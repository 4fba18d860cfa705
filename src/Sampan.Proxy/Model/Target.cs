using System.Net;

namespace Sampan.Proxy.Model;

/// <summary>Where a connection is sent: the address and port of one endpoint.</summary>
internal sealed record Target(IPAddress Address, int Port) : IComparable<Target>
{
    public int CompareTo(Target? other)
    {
        if (other is null) return 1;
        Span<byte> mine = stackalloc byte[16], others = stackalloc byte[16];
        Address.TryWriteBytes(mine, out int length);
        other.Address.TryWriteBytes(others, out _);
        int order = mine[..length].SequenceCompareTo(others[..length]);
        return order != 0 ? order : Port.CompareTo(other.Port);
    }
}
