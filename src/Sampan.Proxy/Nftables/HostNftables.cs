namespace Sampan.Proxy.Nftables;

/// <summary>The best way to this host's nftables.</summary>
internal static class HostNftables
{
    public static INftables Open() => (INftables?)LibNftables.TryOpen() ?? new NftProcess();
}
