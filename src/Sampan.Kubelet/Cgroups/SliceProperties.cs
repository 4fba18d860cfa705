namespace Sampan.Kubelet.Cgroups;

/// <summary>What systemd is told of a group. Upstream: opencontainers/cgroups, systemd/{common,v1,v2}.go.</summary>
internal static class SliceProperties
{
    private const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>systemd counts quotas in hundredths of a processor.</summary>
    private const long QuotaStep = Cpu.Period / 100;

    /// <summary>Of a slice that is to be made. All that can be counted is: groups cannot join the counting later.</summary>
    public static IEnumerable<UnitProperty> OfNew(string unit, string parent, int version) =>
    [
        new("Description", "s", $"Control group {unit} of the kubelet"),
        new("Wants", "as", parent),
        UnitProperty.On("MemoryAccounting"),
        UnitProperty.On("CPUAccounting"),
        UnitProperty.On(version == 1 ? "BlockIOAccounting" : "IOAccounting"),
        UnitProperty.On("TasksAccounting"),
        UnitProperty.Off("DefaultDependencies"),
    ];

    /// <summary>The limits that systemd knows; huge pages are not among them.</summary>
    public static IEnumerable<UnitProperty> OfLimits(CgroupResources resources, int version)
    {
        if (resources.MemoryBytes is > 0 and var bytes)
        {
            yield return UnitProperty.Number(version == 1 ? "MemoryLimit" : "MemoryMax", bytes);
        }

        if (resources.CpuShares is { } shares)
        {
            yield return version == 1 ? UnitProperty.Number("CPUShares", shares) : UnitProperty.Number("CPUWeight", Cpu.Weight(shares));
        }

        if (resources.CpuQuota is { } quota)
        {
            yield return UnitProperty.Number("CPUQuotaPeriodUSec", Cpu.Period);
            yield return quota > 0 ? UnitProperty.Number("CPUQuotaPerSecUSec", quota * MicrosecondsPerSecond / Cpu.Period) : UnitProperty.Unlimited("CPUQuotaPerSecUSec");
        }

        if (resources.Pids is > 0 and var pids)
        {
            yield return UnitProperty.Number("TasksMax", pids);
        }
    }

    /// <summary>The limits as systemd will have them: a quota that it would round down is rounded up, so that what is in the group may have its own.</summary>
    public static CgroupResources Rounded(CgroupResources resources) =>
        resources.CpuQuota is > 0 and var quota ? resources with { CpuQuota = (quota + QuotaStep - 1) / QuotaStep * QuotaStep } : resources;
}
