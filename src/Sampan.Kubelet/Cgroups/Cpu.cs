namespace Sampan.Kubelet.Cgroups;

/// <summary>From thousandths of a core to what the kernel understands.</summary>
internal static class Cpu
{
    /// <summary>Microseconds: the interval over which a quota is counted.</summary>
    public const long Period = 100_000;

    public const long MinShares = 2;
    public const long Unlimited = -1;
    private const long MaxShares = 262_144;
    private const long SharesPerCore = 1024;
    private const long MinQuota = 1000;

    /// <summary>500 (half a core) → 512.</summary>
    public static long Shares(long milli) => Math.Clamp(milli * SharesPerCore / 1000, MinShares, MaxShares);

    /// <summary>500 (half a core) → 50,000 of 100,000 microseconds; 0 means no limit.</summary>
    public static long Quota(long milli) => milli == 0 ? 0 : Math.Max(milli * Period / 1000, MinQuota);

    /// <summary>Shares of cgroup v1 (2 to 262144) as a weight of cgroup v2 (1 to 10000).</summary>
    public static long Weight(long shares) => 1 + ((shares - MinShares) * 9999 / (MaxShares - MinShares));
}
