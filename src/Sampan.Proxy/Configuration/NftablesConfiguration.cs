namespace Sampan.Proxy.Configuration;

/// <summary>What is set for nftables alone.</summary>
public sealed record NftablesConfiguration
{
    public bool MasqueradeAll { get; set; }

    /// <summary>The bit of the packet mark for what is masqueraded; null for 14.</summary>
    public int? MasqueradeBit { get; set; }

    public string SyncPeriod { get; set; } = "";

    public string MinSyncPeriod { get; set; } = "";
}
