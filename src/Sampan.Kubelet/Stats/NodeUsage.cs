namespace Sampan.Kubelet.Stats;

/// <summary>What the whole machine uses, from /proc.</summary>
internal static class NodeUsage
{
    /// <summary>The kernel counts in hundredths of a second.</summary>
    private const long NanosecondsPerTick = 10_000_000;

    public static long CpuNanoseconds()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(long.Parse).ToList();
        const int idle = 3, waiting = 4, steal = 7;
        return fields.Take(steal + 1).Where((_, i) => i is not (idle or waiting)).Sum() * NanosecondsPerTick;
    }

    public static long MemoryBytes()
    {
        var values = File.ReadLines("/proc/meminfo").Select(l => l.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries)).Where(f => f.Length > 1)
            .ToDictionary(f => f[0], f => long.TryParse(f[1], out var kib) ? kib * 1024 : 0);
        return values["MemTotal"] - values.GetValueOrDefault("MemAvailable");
    }
}
