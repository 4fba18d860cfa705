namespace Sampan.ControllerManager.MetricsServer;

/// <summary>The last two usages of one thing, between which its rate lies.</summary>
internal sealed record UsageSeries(Usage? Before, Usage Last)
{
    /// <summary>Shorter windows say more about the moment than about the load.</summary>
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromSeconds(1);

    /// <summary>The CPU used since the start is that of now only while the start is near.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(1);

    public TimeSpan? Window => Last.Time - Before?.Time;

    /// <summary>Cores in billionths; null while there is nothing to compare with.</summary>
    public long? NanoCores => Window is { } window ? (long)((Last.CpuSeconds - Before!.Value.CpuSeconds) / window.TotalSeconds * 1e9)! : null;

    /// <summary>What a kubelet repeats since it has not measured again changes nothing; what began anew is compared with its start.</summary>
    public static UsageSeries Next(UsageSeries? known, Usage now)
    {
        if (known is null || now.CpuSeconds < known.Last.CpuSeconds || now.StartedAt != known.Last.StartedAt) return new(StartOf(now), now);
        return now.Time - known.Last.Time < ShortestWindow ? known : new(known.Last, now);
    }

    private static Usage? StartOf(Usage now) =>
        now.StartedAt is { } start && now.Time - start >= ShortestWindow && now.Time - start <= FreshFor ? new Usage(0, start, now.Memory, start) : null;
}
