using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

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
        var (began, reconciles, writes, allocated) = (Stopwatch.GetTimestamp(), Reconciles(), plane.Written.Writes, GC.GetTotalAllocatedBytes());
        await run();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var (done, written, bytes) = (Reconciles() - reconciles, plane.Written.Writes - writes, GC.GetTotalAllocatedBytes() - allocated);
        Say($"{what}: {changes:#,0} changes in {seconds:0.0} s, {changes / seconds:#,0} a second; {done / seconds:#,0} reconciles a second, {done / changes:0.00} a change");
        Say($"  {(double)written / changes:0.00} writes and {bytes / 1024.0 / changes:0.0} KiB allocated a change{Effect()}");
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

    private double Reconciles() => plane.ControllerMetrics.Render().Split('\n')
        .Where(line => line.StartsWith("workqueue_work_duration_seconds_count", StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
}
