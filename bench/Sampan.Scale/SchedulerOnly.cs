using System.Diagnostics;
using System.Globalization;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Simulated;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Cycle;
using Sampan.Scheduler.Framework;

namespace Sampan.Scale;

/// <summary>Decisions without an API server: cache, filters and scores only.</summary>
internal sealed class SchedulerOnly(int nodes, int pods, Shape shape)
{
    public void Run()
    {
        var cache = new SchedulerCache();
        var options = new SimulatedNodesOptions { Client = null!, Count = nodes };
        for (var i = 0; i < nodes; i++) cache.SetNode(SimulatedNode.Create(i, options));
        var cycle = new SchedulingCycle(Profile.Default(), cache, new Random(1));
        var make = new Pods(shape, nodes, pods);
        var ticks = new List<long>(pods);
        var (allocated, began) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        for (var i = 0; i < pods; i++)
        {
            var pod = make.Create(i);
            pod.Metadata.Uid = $"uid-{i}";
            var start = Stopwatch.GetTimestamp();
            var info = new PodInfo(pod);
            var result = cycle.Run(info);
            if (result.Node is null) throw new InvalidOperationException(result.Diagnosis.ToString());
            cache.Assume(info, result.Node);
            ticks.Add(Stopwatch.GetTimestamp() - start);
        }
        var (elapsed, bytes) = (Stopwatch.GetElapsedTime(began), GC.GetAllocatedBytesForCurrentThread() - allocated);
        ticks.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{shape}: {pods} decisions on {nodes} nodes: {pods / elapsed.TotalSeconds:0} a second; p50 {At(ticks, 50):0.000} ms, p99 {At(ticks, 99):0.000} ms, longest {At(ticks, 100):0.0} ms; {bytes / pods} bytes allocated a decision"));
    }

    private static double At(List<long> sorted, int percent) =>
        Stopwatch.GetElapsedTime(0, sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)]).TotalMilliseconds;
}
