using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Sampan.Client.Metrics;

namespace Sampan.Scale.Controllers;

/// <summary>What controllers did for some changes: reconciles, writes, allocations, and how long each effect took.</summary>
internal sealed class Measure(ControlPlane plane)
{
    private readonly ConcurrentBag<double> _delays = [];

    public void Add(long began) => _delays.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);

    /// <summary>Runs the changes and says what they took.</summary>
    public async Task RunAsync(string what, int changes, Func<Task> run)
    {
        _delays.Clear();
        var (requests, loops) = (Counts(plane.Metrics, "apiserver_request_total"), Counts(plane.ControllerMetrics, "workqueue_work_duration_seconds_count"));
        var (began, reconciles, writes, allocated) = (Stopwatch.GetTimestamp(), Reconciles(), plane.Written.Writes, GC.GetTotalAllocatedBytes());
        await run();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var (done, written, bytes) = (Reconciles() - reconciles, plane.Written.Writes - writes, GC.GetTotalAllocatedBytes() - allocated);
        Say($"{what}: {changes:#,0} changes in {seconds:0.0} s, {changes / seconds:#,0} a second; {done / seconds:#,0} reconciles a second, {done / changes:0.00} a change");
        Say($"  {(double)written / changes:0.00} writes and {bytes / 1024.0 / changes:0.0} KiB allocated a change{Effect()}");
        Say($"  reconciles a change: {PerChange(loops, Counts(plane.ControllerMetrics, "workqueue_work_duration_seconds_count"), changes, _ => true)}");
        Say($"  requests a change: {PerChange(requests, Counts(plane.Metrics, "apiserver_request_total"), changes, k => !k.Contains("WATCH", StringComparison.Ordinal))}");
    }

    /// <summary>What of each there was most of.</summary>
    private static string PerChange(Dictionary<string, double> before, Dictionary<string, double> after, int changes, Func<string, bool> chosen) => string.Join("; ", after
        .Where(c => chosen(c.Key)).Select(c => (c.Key, Number: (c.Value - before.GetValueOrDefault(c.Key)) / changes)).Where(c => c.Number >= 0.2)
        .OrderByDescending(c => c.Number).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Number:0.0} {c.Key}")));

    private static Dictionary<string, double> Counts(MetricRegistry metrics, string name)
    {
        var counts = new Dictionary<string, double>();
        foreach (var line in metrics.Render().Split('\n').Where(l => l.StartsWith(name, StringComparison.Ordinal)))
        {
            var key = string.Join(' ', line.Split('"').Where((_, i) => i % 2 == 1));
            counts[key] = counts.GetValueOrDefault(key) + double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
        }

        return counts;
    }

    /// <summary>Does the numbered pieces of work, so many at once.</summary>
    public static Task ForEachAsync(int count, int workers, Func<int, Task> work)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < count) await work(number);
        })));
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private string Effect()
    {
        var sorted = _delays.Order().ToList();
        return sorted.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; effect after {At(0.5):0.0} ms (p50), {At(0.99):0.0} ms (p99)");

        double At(double share) => sorted[(int)(share * (sorted.Count - 1))];
    }

    private double Reconciles() => Counts(plane.ControllerMetrics, "workqueue_work_duration_seconds_count").Values.Sum();
}
