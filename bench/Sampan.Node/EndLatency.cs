using System.Diagnostics;

namespace Sampan.Node;

/// <summary>From the death of a container's process to the event of a watch that tells of it.</summary>
internal sealed class EndLatency(NodePods pods)
{
    private const int Count = 10;

    public async Task RunAsync(CancellationToken ct)
    {
        var took = new List<double>();
        for (var i = 0; i < Count; i++)
        {
            var name = $"single-{i}";
            var (process, killed) = (Find(pods.Uid(name)), Stopwatch.GetTimestamp());
            process.Kill();
            await pods.WaitAsync([name], "Failed", ct);
            took.Add(Stopwatch.GetElapsedTime(killed, pods.Seen(name, "Failed")).TotalMilliseconds);
        }

        took.Sort();
        Console.WriteLine($"| a container's end in the API, median of {Count} | {took[Count / 2]:0} ms | 100 ms |");
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
