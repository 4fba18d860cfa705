using System.Diagnostics;
using System.Globalization;
using System.Text;
using Sampan.Client;

namespace Sampan.Node;

/// <summary>Pods one after the other: from the moment that a watch shows the bound pod to the moment that it shows it running.</summary>
internal sealed class SingleStarts(NodePods pods, ApiClient client)
{
    private static readonly string[] Operations = ["run_podsandbox", "create_container", "start_container"];

    public async Task RunAsync(int count, CancellationToken ct)
    {
        await StartAsync("warm", ct);
        var before = await RuntimeSecondsAsync(ct);
        var took = new List<double>();
        for (var i = 0; i < count; i++) took.Add(await StartAsync($"single-{i}", ct));
        var runtime = (await RuntimeSecondsAsync(ct) - before) * 1000 / count;
        took.Sort();
        Console.WriteLine($"| pod start, median of {count} | {took[count / 2]:0} ms | |");
        Console.WriteLine($"| … of it the runtime's calls, mean | {runtime:0} ms | |");
        Console.WriteLine($"| … added to them, mean | {took.Average() - runtime:0} ms | 50 ms |");
    }

    private async Task<double> StartAsync(string name, CancellationToken ct)
    {
        await pods.CreateAsync(name, ct);
        await pods.WaitAsync([name], "Running", ct);
        return Stopwatch.GetElapsedTime(pods.Seen(name, "Pending"), pods.Seen(name, "Running")).TotalMilliseconds;
    }

    /// <summary>What the runtime has taken so far, as the kubelet counts it.</summary>
    private async Task<double> RuntimeSecondsAsync(CancellationToken ct)
    {
        var text = Encoding.UTF8.GetString((await client.GetRawAsync($"/api/v1/nodes/{pods.Node}/proxy/metrics", ct)).Span);
        return text.Split('\n')
            .Where(line => line.StartsWith("kubelet_runtime_operations_duration_seconds_sum", StringComparison.Ordinal) && Operations.Any(o => line.Contains($"\"{o}\"", StringComparison.Ordinal)))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
