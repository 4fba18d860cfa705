using System.Diagnostics;
using System.Globalization;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Simulated;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Cycle;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Preemption;

namespace Sampan.Scale;

/// <summary>One workload in the scheduler alone: victims leave at once, and whoever fits nowhere stays away.</summary>
internal sealed class WorkloadRun
{
    private readonly SchedulerCache _cache = new();
    private readonly SchedulingCycle _cycle;
    private int _refused;
    private int _evicted;

    public WorkloadRun(int nodes)
    {
        var options = new SimulatedNodesOptions { Client = null!, Count = nodes, Cpu = "4", Memory = "32Gi" };
        for (var i = 0; i < nodes; i++) _cache.SetNode(SimulatedNode.Create(i, options));
        for (var i = 0; i < Workloads.Teams; i++) _cache.SetNamespace(Workloads.Team(i), new() { ["team"] = "devops" });
        _cycle = new SchedulingCycle(Profile.Default(), _cache, new Random(1));
    }

    public void Run(Workload workload, int init, int pods)
    {
        foreach (var obj in Enumerable.Range(0, init + pods).SelectMany(workload.Objects)) Add(obj);
        for (var i = 0; i < init; i++) Place(Named(workload.Init(i), $"init-{i}"), null);
        if (workload.InitFits && _refused > 0) throw new InvalidOperationException($"{workload.Name}: {_refused} of the first pods fit nowhere: take more nodes");
        (_refused, _evicted) = (0, 0);
        var ticks = new List<long>(pods);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < pods; i++) Place(Named(workload.Measured(init + i), $"pod-{i}"), ticks);
        var elapsed = Stopwatch.GetElapsedTime(began);
        ticks.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{workload.Name,-50} {pods / elapsed.TotalSeconds,8:0}/s  p50 {At(ticks, 50):0.000} ms  p99 {At(ticks, 99):0.000} ms  longest {At(ticks, 100):0.0} ms  {_refused} fit nowhere, {_evicted} evicted"));
    }

    private void Add(IObject obj)
    {
        if (obj is PersistentVolume volume) _cache.Objects.Of<PersistentVolume>().Set(null, volume);
        if (obj is PersistentVolumeClaim claim) _cache.Objects.Of<PersistentVolumeClaim>().Set(null, claim);
    }

    private void Place(Pod pod, List<long>? ticks)
    {
        var start = Stopwatch.GetTimestamp();
        var info = new PodInfo(pod);
        var result = _cycle.Run(info);
        if (result.Node is null && result.State.Read<Candidate>() is { } candidate)
        {
            foreach (var victim in candidate.Victims) _cache.RemovePod(victim.Uid);
            _evicted += candidate.Victims.Count;
            result = _cycle.Run(info);
        }
        if (result.Node is { } node) _cache.Assume(info, node);
        else _refused++;
        ticks?.Add(Stopwatch.GetTimestamp() - start);
    }

    private static Pod Named(Pod pod, string name)
    {
        (pod.Metadata.Name, pod.Metadata.Uid) = (name, "uid-" + name);
        return pod;
    }

    private static double At(List<long> sorted, int percent) =>
        sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)] * 1000.0 / Stopwatch.Frequency;
}
