using System.Globalization;

namespace Sampan.Cluster.Host;

/// <summary>What a process uses, read from /proc.</summary>
/// <param name="ResidentBytes">Memory in RAM.</param>
/// <param name="CpuTime">Processor time since its start.</param>
/// <param name="Uptime">How long it runs.</param>
public sealed record ProcessUsage(long ResidentBytes, TimeSpan CpuTime, TimeSpan Uptime)
{
    private const double TicksPerSecond = 100;      // USER_HZ, fixed in the kernel's interface

    /// <summary>The usage of a process; null when it has ended.</summary>
    public static ProcessUsage? Of(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var uptime = Number(File.ReadAllText("/proc/uptime").Split(' ')[0]);
            return new(
                (long)Number(fields[21]) * Environment.SystemPageSize,
                TimeSpan.FromSeconds((Number(fields[11]) + Number(fields[12])) / TicksPerSecond),
                TimeSpan.FromSeconds(Math.Max(0, uptime - (Number(fields[19]) / TicksPerSecond))));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The share of one core that a process uses, watched for <paramref name="window"/>: 0.5 is half a core.</summary>
    public static async Task<double?> CpuShareAsync(int pid, TimeSpan window, TimeProvider time, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        if (Of(pid) is not { } before) return null;
        await Task.Delay(window, time, ct);
        return Of(pid) is { } after ? (after.CpuTime - before.CpuTime) / time.GetElapsedTime(started) : null;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
