namespace Sampan.Kubelet.Stats;

/// <summary>What the whole machine uses, from /proc; memory in bytes.</summary>
internal sealed record HostUsage(
    long CpuNanoseconds, long MemoryTotal, long MemoryUsed, long MemoryWorkingSet, long MemoryRss, long PageFaults, long MajorPageFaults, long SwapTotal, long SwapUsed, DateTimeOffset BootedAt)
{
    /// <summary>The kernel counts in hundredths of a second.</summary>
    private const long NanosecondsPerTick = 10_000_000;

    public long MemoryAvailable => Math.Max(MemoryTotal - MemoryWorkingSet, 0);

    public static HostUsage Read(string proc = "/proc")
    {
        var stat = File.ReadAllLines(Path.Combine(proc, "stat"));
        var memory = Table(Path.Combine(proc, "meminfo"), scale: 1024);
        var faults = Table(Path.Combine(proc, "vmstat"), scale: 1);
        var used = memory.GetValueOrDefault("MemTotal") - memory.GetValueOrDefault("MemFree");
        return new HostUsage(
            CpuOf(stat[0]),
            memory.GetValueOrDefault("MemTotal"),
            used,
            Math.Max(used - memory.GetValueOrDefault("Inactive(file)"), 0),
            memory.GetValueOrDefault("AnonPages"),
            faults.GetValueOrDefault("pgfault"),
            faults.GetValueOrDefault("pgmajfault"),
            memory.GetValueOrDefault("SwapTotal"),
            memory.GetValueOrDefault("SwapTotal") - memory.GetValueOrDefault("SwapFree"),
            DateTimeOffset.FromUnixTimeSeconds(stat.FirstOrDefault(l => l.StartsWith("btime ", StringComparison.Ordinal)) is { } line ? long.Parse(line["btime ".Length..]) : 0));
    }

    /// <summary>How many processes and threads there may be, and are.</summary>
    public static (long Max, long Current) Processes(string proc = "/proc")
    {
        var max = Math.Min(long.Parse(File.ReadAllText(Path.Combine(proc, "sys/kernel/pid_max"))), long.Parse(File.ReadAllText(Path.Combine(proc, "sys/kernel/threads-max"))));
        // "0.15 0.20 0.18 2/345 6789": the second number of the fourth field counts all of them.
        var load = File.ReadAllText(Path.Combine(proc, "loadavg")).Split(' ');
        return (max, long.Parse(load[3].Split('/')[1]));
    }

    private static long CpuOf(string line)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(long.Parse).ToList();
        const int idle = 3, waiting = 4, steal = 7;
        return fields.Take(steal + 1).Where((_, i) => i is not (idle or waiting)).Sum() * NanosecondsPerTick;
    }

    private static Dictionary<string, long> Table(string path, long scale) => File.ReadLines(path)
        .Select(l => l.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries))
        .Where(f => f.Length > 1)
        .ToDictionary(f => f[0], f => long.TryParse(f[1], out var number) ? number * scale : 0);
}
