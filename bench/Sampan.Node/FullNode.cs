using System.Diagnostics;
using System.Globalization;

namespace Sampan.Node;

/// <summary>Many pods at once, and then what the agent takes while nothing happens.</summary>
internal sealed class FullNode(NodePods pods, int agent)
{
    private const double TicksPerSecond = 100;

    public async Task RunAsync(int count, TimeSpan idle, CancellationToken ct)
    {
        var names = Enumerable.Range(0, count).Select(i => $"full-{i}").ToList();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(names.Select(name => pods.CreateAsync(name, ct)));
        await pods.WaitAsync(names, "Running", ct);
        Console.WriteLine($"| {count} pods at once | {clock.Elapsed.TotalSeconds:0.0} s | 30 s for 110 |");

        await Task.Delay(TimeSpan.FromSeconds(10), ct);
        var (before, started) = (ProcessorSeconds(), Stopwatch.StartNew());
        await Task.Delay(idle, ct);
        Console.WriteLine($"| idle, processor of kubelet, proxy and DNS | {(ProcessorSeconds() - before) / started.Elapsed.TotalSeconds * 100:0.0} % | 3 % |");
        Console.WriteLine($"| idle, memory of kubelet, proxy and DNS | {Mebibytes("VmRSS")} MB | 60 MB |");
        Console.WriteLine($"| … of it its own, of files, shared | {Mebibytes("RssAnon")} + {Mebibytes("RssFile")} + {Mebibytes("RssShmem")} MB | |");
    }

    private double ProcessorSeconds()
    {
        var stat = File.ReadAllText($"/proc/{agent}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    private long Mebibytes(string field) =>
        long.Parse(File.ReadLines($"/proc/{agent}/status").First(l => l.StartsWith(field + ":", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) >> 10;
}
