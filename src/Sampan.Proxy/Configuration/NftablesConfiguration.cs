namespace Sampan.Proxy.Configuration;

/// <summary>What is set for nftables alone.</summary>
public sealed record NftablesConfiguration
{
    public bool MasqueradeAll { get; set; }

    /// <summary>The bit of the packet mark for what is masqueraded; null for 14.</summary>
    public int? MasqueradeBit { get; set; }

    /// <summary>How often the kernel's tables are looked at; empty or zero for every 15 seconds.</summary>
    public string SyncPeriod { get; set; } = "";

    /// <summary>How long to wait after writing, so that further changes are written together; empty or zero for not at all.</summary>
    public string MinSyncPeriod { get; set; } = "";
}
