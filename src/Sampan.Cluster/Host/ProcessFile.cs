using System.Diagnostics;
using System.Globalization;
using Sampan.Client;

namespace Sampan.Cluster.Host;

/// <summary>
/// A process remembered in a file as "pid start-time". The start time (clock ticks since boot) tells it from a later
/// process that got the same number, also after a reboot.
/// </summary>
public sealed class ProcessFile(string path)
{
    public void Write(int pid) => WholeFile.Write(path, string.Create(CultureInfo.InvariantCulture, $"{pid} {StartTime(pid)}\n"));

    /// <summary>The process's id while it lives; null when it has ended or was never started.</summary>
    public int? Find()
    {
        if (!File.Exists(path)) return null;
        var parts = File.ReadAllText(path).Split(' ', StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || !int.TryParse(parts[0], out var pid)) return null;
        var start = StartTime(pid);
        return start is not null && start == parts[1] ? pid : null;
    }

    /// <summary>Whether a process of this number runs; a zombie does not.</summary>
    public static bool IsAlive(int pid) => StartTime(pid) is not null;

    /// <summary>Asks the process to end, and ends it by force when it has not after <paramref name="grace"/>.</summary>
    public async Task StopAsync(TimeSpan grace, TimeProvider time, CancellationToken ct = default)
    {
        if (Find() is { } pid)
        {
            Signals.Send(pid, Signals.Terminate);
            var deadline = time.GetUtcNow() + grace;
            while (Find() is not null && time.GetUtcNow() < deadline) await Task.Delay(TimeSpan.FromMilliseconds(20), time, ct);
            if (Find() is not null) Signals.Send(pid, Signals.Kill);
            while (Find() is not null) await Task.Delay(TimeSpan.FromMilliseconds(10), time, ct);
        }
        if (File.Exists(path)) File.Delete(path);
    }

    /// <summary>Field 22 of /proc/PID/stat; null for a process that has ended, a zombie included.</summary>
    private static string? StartTime(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : fields[19];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
