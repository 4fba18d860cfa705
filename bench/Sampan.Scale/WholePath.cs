using System.Diagnostics;
using System.Globalization;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using Sampan.Client.Informers;

namespace Sampan.Scale;

/// <summary>Pods created through the API, scheduled, bound and run by simulated nodes: the whole path.</summary>
internal sealed class WholePath(ControlPlane plane, int nodes, int pods, Shape shape, bool backlog, TimeSpan limit, bool showsAllocations)
{
    private const int Creators = 4;

    private readonly List<Sample> _samples = [];
    private long _created;
    private long _bound;
    private long _running;

    public IReadOnlyList<Sample> Samples => _samples;

    public async Task RunAsync(CancellationToken ct)
    {
        var empty = Memory();
        var began = Stopwatch.GetTimestamp();
        await plane.StartNodesAsync(nodes, ct);
        if (!backlog) await plane.StartSchedulerAsync(ct);
        await UntilSchedulableAsync(ct);
        var withNodes = Memory();
        Say($"{nodes} nodes ready in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s; {(withNodes - empty) / nodes} kB a node");
        await plane.Client.Of<ServiceAccount>().GetAsync(Pods.Namespace, "default", ct);
        using var counting = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watching = WatchAsync(counting.Token);
        if (backlog) await PrepareAsync(ct);
        await MeasureAsync(ct);
        await counting.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var withPods = Memory();
        Say($"{(withPods - withNodes) / Math.Max(1, pods)} kB a pod; {withPods / 1000} MB resident after a collection");
    }

    private async Task PrepareAsync(CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        await CreateAsync(ct);
        Say($"{pods} pods created beforehand, {pods / Stopwatch.GetElapsedTime(began).TotalSeconds:0} a second");
    }

    private async Task MeasureAsync(CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var (writes, commits) = plane.Written;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var sampling = SampleAsync(began, done.Token);
        using var types = showsAllocations ? new Allocations() : null;
        var allocated = GC.GetTotalAllocatedBytes();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var creating = backlog ? plane.StartSchedulerAsync(ct) : CreateAsync(done.Token);
        while (Volatile.Read(ref _bound) < pods && Stopwatch.GetElapsedTime(began) < limit) await Task.Delay(5, ct);
        var elapsed = Stopwatch.GetElapsedTime(began);
        var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        var bound = Volatile.Read(ref _bound);
        while (Volatile.Read(ref _running) < bound && Stopwatch.GetElapsedTime(began) < limit) await Task.Delay(5, ct);
        await done.CancelAsync();
        await Task.WhenAll(sampling, creating).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Say($"{shape}: {bound} pods bound to {nodes} nodes in {elapsed.TotalSeconds:0.0} s: {bound / elapsed.TotalSeconds:0} pods/s{(backlog ? "" : ", creation included")}");
        Say($"{used.TotalMicroseconds / Math.Max(1, bound):0} µs of processor a pod; {Volatile.Read(ref _running)} running after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        types?.Print(Math.Max(1, bound));
        var (allWrites, allCommits) = plane.Written;
        Say($"{(GC.GetTotalAllocatedBytes() - allocated) / 1000 / Math.Max(1, bound)} kB allocated a pod; {GC.CollectionCount(0)} collections, {GC.CollectionCount(2)} of them of all, {GC.GetTotalPauseDuration().TotalSeconds:0.0} s of pauses since the start");
        Say($"{allWrites - writes} writes in {allCommits - commits} commits: {(double)(allWrites - writes) / Math.Max(1, allCommits - commits):0.0} a commit");
    }

    private Task CreateAsync(CancellationToken ct)
    {
        var (next, make) = (-1, new Pods(shape, nodes, pods));
        return Task.WhenAll(Enumerable.Range(0, Creators).Select(_ => Task.Run(async () =>
        {
            while (!ct.IsCancellationRequested && Interlocked.Increment(ref next) is var number && number < pods)
            {
                await plane.Client.Of<Pod>().CreateAsync(make.Create(number), ct);
                Interlocked.Increment(ref _created);
            }
        }, ct)));
    }

    // Without a copy of its own, which would be measured as well.
    private async Task WatchAsync(CancellationToken ct)
    {
        var seen = new byte[pods];
        while (!ct.IsCancellationRequested)
        {
            await foreach (var change in plane.Client.Of<Pod>().WatchAsync(Pods.Namespace, new ListOptions { ResourceVersion = "0" }, ct))
            {
                var number = int.Parse(change.Object.Metadata.Name!["pod-".Length..], CultureInfo.InvariantCulture);
                if (seen[number] < 1 && !string.IsNullOrEmpty(change.Object.Spec.NodeName)) Step(seen, number, 1, ref _bound);
                if (seen[number] < 2 && change.Object.Status.Phase == "Running") Step(seen, number, 2, ref _running);
            }
        }
    }

    private static void Step(byte[] seen, int number, byte state, ref long count)
    {
        seen[number] = state;
        Interlocked.Increment(ref count);
    }

    private async Task SampleAsync(long began, CancellationToken ct)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromSeconds(1));
        do
        {
            _samples.Add(new(Stopwatch.GetElapsedTime(began).TotalSeconds, Volatile.Read(ref _created), Volatile.Read(ref _bound), Environment.WorkingSet / 1_000_000));
        }
        while (await clock.WaitForNextTickAsync(ct));
    }

    // A new node is tainted until the node lifecycle controller has seen that it is ready.
    private async Task UntilSchedulableAsync(CancellationToken ct)
    {
        await using var informers = new InformerFactory(plane.Client, TimeProvider.System);
        var all = informers.For<Node>();
        await informers.StartAsync(ct);
        while (all.List().Count(n => n.Spec.Taints is not { Count: > 0 }) < nodes) await Task.Delay(200, ct);
    }

    /// <summary>Resident kilobytes, garbage left out.</summary>
    private static long Memory()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet / 1000;
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
