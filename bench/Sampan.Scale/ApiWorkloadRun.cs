using System.Diagnostics;
using System.Globalization;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Scheduling.V1;
using Sampan.Client;
using Sampan.Client.Informers;
using Sampan.Kubelet.Simulated;

namespace Sampan.Scale;

/// <summary>One workload through the whole control plane: its first pods are there and bound, then the measured ones are created and bound.</summary>
/// <param name="plane">A control plane of its own.</param>
/// <param name="nodes">Simulated nodes.</param>
/// <param name="churn">Meanwhile a node, a service and a pod that fits nowhere come and go every second.</param>
internal sealed class ApiWorkloadRun(ControlPlane plane, int nodes, bool churn)
{
    private const int Creators = 4;
    private const string Measured = "measured";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private long _bound;
    private long _measured;

    public async Task RunAsync(Workload workload, int initCount, int count, CancellationToken ct)
    {
        await plane.StartNodesAsync(new SimulatedNodesOptions { Client = plane.Client, Count = nodes, Cpu = "4", Memory = "32Gi" }, ct);
        await plane.StartSchedulerAsync(ct);
        await PrepareAsync(workload, initCount, count, ct);
        await using var informers = new InformerFactory(plane.Client, TimeProvider.System);
        using var counting = informers.For<Pod>().Subscribe(Count);
        await informers.StartAsync(ct);
        await CreateAsync(initCount, number => workload.Init(number), ct);
        var began = Stopwatch.GetTimestamp();
        while (workload.InitFits && Volatile.Read(ref _bound) < initCount && Stopwatch.GetElapsedTime(began) < Patience) await Task.Delay(20, ct);

        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var churning = churn ? ChurnAsync(done.Token) : Task.CompletedTask;
        began = Stopwatch.GetTimestamp();
        var creating = CreateAsync(count, number => Marked(workload.Measured(initCount + number)), ct);
        while (Volatile.Read(ref _measured) < count && Stopwatch.GetElapsedTime(began) < Patience) await Task.Delay(5, ct);
        var elapsed = Stopwatch.GetElapsedTime(began);
        await creating;
        await done.CancelAsync();
        await churning.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var bound = Volatile.Read(ref _measured);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{workload.Name}{(churn ? " with churn" : "")}: {bound} of {count} pods created and bound to {nodes} nodes in {elapsed.TotalSeconds:0.00} s: {bound / elapsed.TotalSeconds:0} pods/s"));
    }

    // What the workload's pods speak of: namespaces, priorities, volumes.
    private async Task PrepareAsync(Workload workload, int initCount, int count, CancellationToken ct)
    {
        foreach (var team in Enumerable.Range(0, Workloads.Teams).Select(Workloads.Team))
        {
            await plane.Client.Of<Namespace>().CreateAsync(new Namespace { Metadata = new() { Name = team, Labels = new() { ["team"] = "devops" } } }, ct);
        }
        foreach (var priority in (int[])[1, 10])
        {
            await plane.Client.Of<PriorityClass>().CreateAsync(new PriorityClass { Metadata = new() { Name = ClassOf(priority) }, Value = priority }, ct);
        }
        foreach (var ns in Enumerable.Range(0, Workloads.Teams).Select(Workloads.Team).Append(Pods.Namespace)) await AccountAsync(ns, ct);
        await EachAsync(initCount + count, async number =>
        {
            foreach (var obj in workload.Objects(number)) await CreateAsync(obj, ct);
        }, ct);
    }

    private async Task AccountAsync(string ns, CancellationToken ct)
    {
        while (await plane.Client.Of<ServiceAccount>().FindAsync(ns, "default", ct) is null) await Task.Delay(50, ct);
    }

    private Task CreateAsync(IObject obj, CancellationToken ct) => obj switch
    {
        PersistentVolume volume => plane.Client.Of<PersistentVolume>().CreateAsync(volume, ct),
        PersistentVolumeClaim claim => plane.Client.Of<PersistentVolumeClaim>().CreateAsync(claim, ct),
        _ => throw new InvalidOperationException($"a {obj.Kind} has no place in a workload"),
    };

    private Task CreateAsync(int count, Func<int, Pod> make, CancellationToken ct) => EachAsync(count, async number =>
    {
        var pod = make(number);
        // The API server works a priority out from its class.
        if (pod.Spec.Priority is > 0 and var priority) pod.Spec.PriorityClassName = ClassOf(priority);
        pod.Spec.Priority = null;
        await plane.Client.Of<Pod>().CreateAsync(pod, ct);
    }, ct);

    private static Task EachAsync(int count, Func<int, Task> action, CancellationToken ct)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, Creators).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < count) await action(number);
        }, ct)));
    }

    private async Task ChurnAsync(CancellationToken ct)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var round = 0; await clock.WaitForNextTickAsync(ct); round++)
        {
            var (name, ns) = ($"churn-{round}", Pods.Namespace);
            await plane.Client.Of<Node>().CreateAsync(new Node { Metadata = new() { Name = name }, Spec = new() { Unschedulable = true } }, ct);
            await plane.Client.Of<Service>().CreateAsync(new Service { Metadata = new() { Name = name, Namespace = ns }, Spec = new() { Selector = new() { ["app"] = name }, Ports = [new() { Port = 80 }] } }, ct);
            var pod = Pods.Large(name);
            await plane.Client.Of<Pod>().CreateAsync(pod, ct);
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, ct);
            await plane.Client.Of<Pod>().DeleteAsync(ns, name, ct);
            await plane.Client.Of<Service>().DeleteAsync(ns, name, ct);
            await plane.Client.Of<Node>().DeleteAsync(null, name, ct);
        }
    }

    private void Count(Pod? old, Pod? current)
    {
        if (current is null || string.IsNullOrEmpty(current.Spec.NodeName) || !string.IsNullOrEmpty(old?.Spec.NodeName)) return;
        Interlocked.Increment(ref _bound);
        if (current.Metadata.Labels?.ContainsKey(Measured) == true) Interlocked.Increment(ref _measured);
    }

    private static Pod Marked(Pod pod)
    {
        (pod.Metadata.Labels ??= [])[Measured] = "";
        return pod;
    }

    private static string ClassOf(int priority) => $"priority-{priority}";
}
