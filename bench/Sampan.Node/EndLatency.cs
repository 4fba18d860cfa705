using System.Diagnostics;

namespace Sampan.Node;

/// <summary>From the death of a container's process to the event of a watch that tells of it.</summary>
internal sealed class EndLatency(NodePods pods)
{
    private const int Most = 10;

    /// <param name="started">How many pods <see cref="SingleStarts"/> left.</param>
    public async Task RunAsync(int started, CancellationToken ct)
    {
        var (took, count) = (new List<double>(), Math.Min(started, Most));
        for (var i = 0; i < count; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), ct); // The runtime clears the last one's sandbox away.
            var name = $"single-{i}";
            var (process, killed) = (Find(pods.Uid(name)), Stopwatch.GetTimestamp());
            process.Kill();
            await pods.WaitAsync([name], "Failed", ct);
            took.Add(Stopwatch.GetElapsedTime(killed, pods.Seen(name, "Failed")).TotalMilliseconds);
        }

        took.Sort();
        Console.WriteLine($"| a container's end in the API, median of {count} | {took[count / 2]:0} ms | 100 ms |");
    }

    /// <summary>The container's process: the one of the pod's that is no pause.</summary>
    private static Process Find(string uid) => Process.GetProcessesByName("sleep").First(process => GroupOf(process).Contains(uid, StringComparison.Ordinal));

    private static string GroupOf(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cgroup");
        }
        catch (IOException)
        {
            return ""; // It ended just now.
        }
    }
}
