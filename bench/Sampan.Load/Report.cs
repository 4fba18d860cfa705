using System.Diagnostics;

namespace Sampan.Load;

/// <summary>Prints a row a scenario, as Markdown.</summary>
internal sealed class Report(Memory memory)
{
    public void Begin()
    {
        Console.WriteLine("| scenario | requests | per second | p50 ms | p99 ms | bytes an answer | server MB | at most |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    }

    /// <param name="name">The scenario.</param>
    /// <param name="elapsed">From its start to its end.</param>
    /// <param name="ticks">How long each request took, in any order.</param>
    /// <param name="bytes">The answers' bodies together.</param>
    public void Add(string name, TimeSpan elapsed, List<long> ticks, long bytes)
    {
        ticks.Sort();
        Console.WriteLine(
            $"| {name} | {ticks.Count} | {ticks.Count / elapsed.TotalSeconds:0} | {Percentile(ticks, 50):0.00} | {Percentile(ticks, 99):0.00} | {bytes / Math.Max(1, ticks.Count)} | {Resident()} |");
    }

    public void Add(string name, int count, TimeSpan elapsed, string remark) =>
        Console.WriteLine($"| {name} | {count} | {count / elapsed.TotalSeconds:0} | {remark} | | | {Resident()} |");

    private static double Percentile(List<long> sorted, int percent) =>
        sorted.Count == 0 ? 0 : Stopwatch.GetElapsedTime(0, sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)]).TotalMilliseconds;

    /// <summary>A row that says nothing but the server's memory.</summary>
    public void Add(string name) => Console.WriteLine($"| {name} | | | | | | {Resident()} |");

    private string Resident()
    {
        var (now, peak) = memory.Read();
        return $"{now} | {peak}";
    }
}
