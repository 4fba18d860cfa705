using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Admission;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Eviction;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Nodes;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Eviction;

public sealed class EvictionManagerTests
{
    private const long Mebi = 1L << 20;
    private readonly FakeTimeProvider _time = new();
    private readonly FakeEvents _events = new();
    private readonly List<(string Pod, PodTermination Why)> _evicted = [];
    private readonly NodePressure _pressure;
    private int _imagesFreed;
    private bool _reclaimFails;
    private long _memory = 1000 * Mebi;
    private long _disk = 1000 * Mebi;
    private readonly MetricRegistry _metrics = new();
    private uint _imageDisk = 1;
    private long _processes = 10;
    private long? _leftForPods;
    private PodStats[] _pods = [];

    public EvictionManagerTests() => _pressure = new NodePressure(TimeSpan.FromMinutes(5), _time);

    [Fact]
    public async Task Check_EnoughOfEverything_DoesNothing()
    {
        _pods = [Using("a", 500)];
        await Manager().CheckAsync(default);
        Assert.Empty(_evicted);
        Assert.False(_pressure.Has("MemoryPressure"));
    }

    [Fact]
    public async Task Check_MemoryBelowHardThreshold_EndsThePodThatExceedsItsRequestTheMost()
    {
        _memory = 50 * Mebi;
        _pods = [Using("within", 500, request: 600), Using("little", 10), Using("much", 300), Using("critical", 900, priority: 2_000_000_000)];

        await Manager().CheckAsync(default);

        var (pod, why) = Assert.Single(_evicted);
        Assert.Equal("much", pod);
        Assert.Equal(("Evicted", TimeSpan.FromSeconds(1), true), (why.Reason, why.GracePeriod, why.IsDisruption));
        Assert.Equal("The node was low on resource: memory. Threshold quantity: 100Mi, available: 50Mi. Container web was using 300Mi, request is 0, has larger consumption of memory. ", why.Message);
        Assert.True(_pressure.Has("MemoryPressure"));
        Assert.Contains("Warning EvictionThresholdMet Attempting to reclaim memory", _events.All);
        Assert.Equal(new() { ["starved_resource"] = "memory", ["offending_containers"] = "web", ["offending_containers_usage"] = "300Mi" }, _events.Annotations);
    }

    [Theory]
    [InlineData(150, "pods", false)]
    [InlineData(50, "pods", true)]
    [InlineData(50, "none", false)]
    public async Task Check_PodsNearTheirLimitInAll_EndsOne(long left, string enforced, bool isEvicted)
    {
        _pods = [Using("little", 10), Using("much", 300)];
        _leftForPods = left * Mebi;

        await Manager(new KubeletConfiguration { EnforceNodeAllocatable = [enforced] }).CheckAsync(default);

        Assert.Equal(isEvicted ? "much" : null, _evicted.SingleOrDefault().Pod);
        Assert.Equal(isEvicted, _pressure.Has("MemoryPressure"));
    }

    [Fact]
    public async Task Check_EqualExcess_EndsTheLowerPriorityFirst()
    {
        _memory = 50 * Mebi;
        _pods = [Using("high", 900, priority: 100), Using("low", 10, priority: 1)];
        await Manager().CheckAsync(default);
        Assert.Equal("low", Assert.Single(_evicted).Pod);
    }

    [Fact]
    public async Task Check_SoftThreshold_MustHoldForItsGrace()
    {
        _memory = 150 * Mebi;
        _pods = [Using("a", 300)];
        var manager = Manager(new KubeletConfiguration
        {
            EvictionSoft = new Dictionary<string, string> { ["memory.available"] = "200Mi" },
            EvictionSoftGracePeriod = new Dictionary<string, string> { ["memory.available"] = "1m30s" },
            EvictionMaxPodGracePeriod = 7,
        });

        await manager.CheckAsync(default);
        Assert.Empty(_evicted);
        Assert.True(_pressure.Has("MemoryPressure"));
        _time.Advance(TimeSpan.FromSeconds(60));
        _memory = 300 * Mebi;
        await manager.CheckAsync(default);
        _memory = 150 * Mebi;
        await manager.CheckAsync(default);
        _time.Advance(TimeSpan.FromSeconds(60));
        await manager.CheckAsync(default);
        Assert.Empty(_evicted);
        _time.Advance(TimeSpan.FromSeconds(31));
        await manager.CheckAsync(default);

        Assert.Equal(TimeSpan.FromSeconds(7), Assert.Single(_evicted).Why.GracePeriod);
    }

    [Fact]
    public async Task Check_MinimumReclaim_GoesOnUntilThereIsSoMuchMore()
    {
        _pods = [Using("a", 300)];
        var manager = Manager(new KubeletConfiguration { EvictionMinimumReclaim = new Dictionary<string, string> { ["memory.available"] = "50Mi" } });

        _memory = 120 * Mebi;
        await manager.CheckAsync(default);
        Assert.Empty(_evicted);
        _memory = 90 * Mebi;
        await manager.CheckAsync(default);
        Assert.Single(_evicted);
        _memory = 120 * Mebi;
        await manager.CheckAsync(default);
        Assert.Equal(2, _evicted.Count);
        _memory = 151 * Mebi;
        await manager.CheckAsync(default);
        _memory = 120 * Mebi;
        await manager.CheckAsync(default);

        Assert.Equal(2, _evicted.Count);
    }

    [Fact]
    public async Task Run_PodThatIsStillGoing_EndsNoOther()
    {
        var gone = false;
        _memory = 50 * Mebi;
        _pods = [Using("a", 300), Using("b", 200)];
        using var stop = new CancellationTokenSource();
        var running = Manager(isGone: _ => Volatile.Read(ref gone)).RunAsync(stop.Token);
        await Eventually.TrueAsync(() => _evicted.Count == 1, "the first is ended");
        for (var i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Single(_evicted);
        Volatile.Write(ref gone, true);
        await Eventually.TrueAsync(() => _evicted.Count >= 2, "the next is ended", () => _time.Advance(TimeSpan.FromSeconds(1)));
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Check_DiskBelowThreshold_FreesImagesBeforePods()
    {
        _disk = 50 * Mebi;
        _pods = [Using("a", 1, disk: 500)];
        await Manager(freesImages: true).CheckAsync(default);
        Assert.Equal(1, _imagesFreed);
        Assert.Empty(_evicted);
        Assert.True(_pressure.Has("DiskPressure"));

        _disk = 50 * Mebi;
        await Manager().CheckAsync(default);
        Assert.StartsWith("The node was low on resource: ephemeral-storage.", Assert.Single(_evicted).Why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_DiskCannotBeFreed_EvictsAllTheSame()
    {
        (_disk, _reclaimFails) = (50 * Mebi, true);
        _pods = [Using("a", 1, disk: 500)];
        await Manager(freesImages: true).CheckAsync(default);
        Assert.Equal("a", Assert.Single(_evicted).Pod);
    }

    [Fact]
    public async Task Check_EmptyDirOverItsLimit_EndsThePodWhateverTheNodeHas()
    {
        var pod = Node.Pod("a", p => p.Spec.Volumes = [new() { Name = "cache", EmptyDir = new() { SizeLimit = Quantity.Parse("1Mi") } }]);
        _pods = [Stats(pod, 1, 1) with { Volumes = [new("cache", null, true, Fs(2 * Mebi))] }];
        await Manager().CheckAsync(default);
        var why = Assert.Single(_evicted).Why;
        Assert.Equal(("Usage of EmptyDir volume \"cache\" exceeds the limit \"1Mi\". ", false), (why.Message, why.IsDisruption));
        Assert.Contains("kubelet_evictions{eviction_signal=\"emptydirfs.limit\"} 1", _metrics.Render());
    }

    /// <summary>Where images have a disk of their own, layers of containers are not the node's to limit, nor in its way.</summary>
    [Theory]
    [InlineData(false, "layers", 1)]
    [InlineData(true, "logs", 0)]
    public async Task Check_DiskShortBesideADiskOfImages_LooksAtWhatIsOnIt(bool apart, string pod, int freed)
    {
        (_disk, _imageDisk) = (50 * Mebi, apart ? 2u : 1u);
        _pods = [Stats(Node.Pod("layers"), 1, 500), Stats(Node.Pod("logs"), 1, 0) with { EphemeralStorage = Fs(100 * Mebi) }];
        await Manager().CheckAsync(default);
        Assert.Equal((pod, freed), (Assert.Single(_evicted).Pod, _imagesFreed));
    }

    /// <summary>Upstream: rankPIDPressure.</summary>
    [Fact]
    public async Task Check_ProcessesShort_EndsTheLowestPriorityThenWhoHasMost()
    {
        _processes = 990;
        _pods = [Using("high", 1, priority: 9) with { Processes = 800 }, Using("few", 1) with { Processes = 10 }, Using("none", 1) with { Processes = 0 }, Using("many", 1) with { Processes = 50 }];
        await Manager(new() { EvictionHard = new Dictionary<string, string> { ["pid.available"] = "2%" } }).CheckAsync(default);
        var (pod, why) = Assert.Single(_evicted);
        Assert.Equal(("many", "The node was low on resource: pids. Threshold quantity: 19, available: 10. "), (pod, why.Message));
    }

    /// <summary>Shares are numbers of single precision and told by 1024, as upstream has them.</summary>
    [Theory]
    [InlineData("10%", 62725623808L, "6272562474")]
    [InlineData("5%", 1L << 20, "52428")]
    [InlineData("50%", 1L << 20, "512Ki")]
    [InlineData("1Gi", 5L, "1Gi")]
    public void Amount_OfAThreshold_IsUpstreams(string text, long capacity, string expected) =>
        Assert.Equal(expected, $"{ThresholdAmount.Parse(text).QuantityOf(capacity)}");

    [Fact]
    public async Task Check_ContainerOverItsStorageLimit_EndsThePod()
    {
        var pod = Node.Pod("a", p => p.Spec.Containers[0].Resources.Limits = new() { ["ephemeral-storage"] = Quantity.Parse("1Mi") });
        _pods = [Stats(pod, 1, 2)];
        await Manager().CheckAsync(default);
        Assert.Equal("Pod ephemeral local storage usage exceeds the total limit of containers 1Mi. ", Assert.Single(_evicted).Why.Message);
    }

    [Fact]
    public void Has_AfterTheCausePassed_StaysForTheTransition()
    {
        var changes = 0;
        _pressure.Changed += () => changes++;
        _pressure.Observe(["MemoryPressure"]);
        _time.Advance(TimeSpan.FromMinutes(4));
        _pressure.Observe([]);
        Assert.True(_pressure.Has("MemoryPressure"));
        _time.Advance(TimeSpan.FromMinutes(2));
        _pressure.Observe([]);
        Assert.False(_pressure.Has("MemoryPressure"));
        Assert.Equal(2, changes);
    }

    [Theory]
    [InlineData("MemoryPressure", "BestEffort", false)]
    [InlineData("MemoryPressure", "Burstable", true)]
    [InlineData("DiskPressure", "Burstable", false)]
    [InlineData("DiskPressure", "critical", true)]
    public void Admission_UnderPressure_TakesOnlySomePodsIn(string condition, string kind, bool admitted)
    {
        _pressure.Observe([condition]);
        var pod = Node.Pod("a", p =>
        {
            p.Spec.Priority = kind == "critical" ? 2_000_000_000 : 0;
            p.Spec.Containers[0].Resources.Requests = kind == "Burstable" ? new() { ["cpu"] = Quantity.Parse("1") } : null;
        });
        var rejection = PressureAdmission.Check(pod, _pressure);
        Assert.Equal(admitted, rejection is null);
        Assert.True(admitted || rejection!.Message == $"The node had condition: [{condition}]. ");
    }

    [Fact]
    public async Task Evict_RunningPod_FailsItAsADisruption()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a"));
        Assert.True(node.Pods.Evict(pod, new PodTermination("Evicted", "The node was low on resource: memory. ", TimeSpan.FromSeconds(1)) { IsDisruption = true }));
        Assert.False(node.Pods.Evict(pod, new PodTermination("Evicted", "again")));
        await node.UntilAsync(() => node.Status(pod).Phase == "Failed", "failed");
        Assert.Equal(("Evicted", "The node was low on resource: memory. "), (node.Status(pod).Reason, node.Status(pod).Message));
        var condition = node.Status(pod).Conditions!.Single(c => c.Type == "DisruptionTarget");
        Assert.Equal(("True", "TerminationByKubelet"), (condition.Status, condition.Reason));
        Assert.Null(node.Runtime.Running("a", "web"));
    }

    [Fact]
    public void Conditions_UnderPressure_SayWhichOne()
    {
        _pressure.Observe(["PIDPressure"]);
        var conditions = NodeConditions.Create([], _pressure.Has, [], _time.GetUtcNow());
        Assert.Equal(("True", "KubeletHasInsufficientPID"), (conditions.Single(c => c.Type == "PIDPressure").Status, conditions.Single(c => c.Type == "PIDPressure").Reason));
        Assert.Equal("False", conditions.Single(c => c.Type == "DiskPressure").Status);
    }

    [Fact]
    public void Capacity_WithReservations_LeavesTheRestToPods()
    {
        var configuration = new KubeletConfiguration
        {
            SystemReserved = new Dictionary<string, string> { ["cpu"] = "500m", ["memory"] = "1Gi" },
            KubeReserved = new Dictionary<string, string> { ["memory"] = "1Gi", ["ephemeral-storage"] = "1Gi" },
            PodsPerCore = 5,
        };
        var capacity = NodeCapacity.Create(configuration, 4, 16L << 30, 100L << 30, []);
        Assert.Equal(Quantity.Parse("3500m"), capacity.Allocatable["cpu"]);
        Assert.Equal((14L << 30) - (100 * Mebi), capacity.Allocatable["memory"].AsLong());
        Assert.Equal((89L << 30) - 160, capacity.Allocatable["ephemeral-storage"].AsLong()); // A tenth in single precision is a little more than a tenth.
        Assert.Equal((20, 16L << 30), (capacity.Capacity["pods"].AsLong(), capacity.Capacity["memory"].AsLong()));
        Assert.Equal((3584, 14L << 30), (capacity.ForPods.CpuShares, capacity.ForPods.MemoryBytes));
        configuration.EvictionHard = new Dictionary<string, string>();
        Assert.Equal("99Gi", $"{NodeCapacity.Create(configuration, 4, 16L << 30, 100L << 30, []).Allocatable["ephemeral-storage"]}");
        configuration.LocalStorageCapacityIsolation = false;
        Assert.False(NodeCapacity.Create(configuration, 4, 16L << 30, 100L << 30, []).Capacity.ContainsKey("ephemeral-storage"));
    }

    private EvictionManager Manager(KubeletConfiguration? configuration = null, bool freesImages = false, Func<string, bool>? isGone = null) => new(
        configuration ?? new(),
        _ => Task.FromResult(Snapshot()),
        _ =>
        {
            if (_reclaimFails) throw new IOException("busy");
            _imagesFreed++;
            _disk = freesImages ? 1000 * Mebi : _disk;
            return Task.CompletedTask;
        },
        (pod, why) =>
        {
            _evicted.Add((pod.Metadata.Name, why));
            return true;
        },
        isGone ?? (_ => true),
        _pressure,
        _events,
        new KubeletMetrics(_metrics, "node"),
        _time,
        NullLogger.Instance);

    private NodeStats Snapshot()
    {
        var now = _time.GetUtcNow();
        var host = new HostUsage(0, 2000 * Mebi, 0, 0, 0, 0, 0, 0, 0, now);
        var fs = new FileSystemUsage(1000 * Mebi, _disk, (1000 * Mebi) - _disk, 1000, 900) { Id = 1 };
        return new NodeStats("node", now, host, new CpuStats(now, 0), new MemoryStats(now, 0) { Available = _memory }, _pods)
        {
            FileSystem = FileSystemStats.Whole(now, fs),
            ImageFileSystem = FileSystemStats.Whole(now, _imageDisk == 1 ? fs : new FileSystemUsage(1000 * Mebi, 900 * Mebi, 100 * Mebi, 1000, 900) { Id = _imageDisk }),
            Processes = (1000, _processes),
            Systems = _leftForPods is { } left ? [new SystemStats(SystemStats.Pods, new CpuStats(now, 0), new MemoryStats(now, 0) { Available = left }, null)] : [],
        };
    }

    private PodStats Using(string name, long mebibytes, long request = 0, int priority = 0, long disk = 0) => Stats(
        Node.Pod(name, p =>
        {
            p.Spec.Priority = priority;
            p.Spec.Containers[0].Resources.Requests = request > 0 ? new() { ["memory"] = Quantity.Parse($"{request}Mi") } : null;
        }),
        mebibytes,
        disk);

    private PodStats Stats(Pod pod, long memory, long disk)
    {
        var now = _time.GetUtcNow();
        var container = new ContainerStats("web", "id", "image", now, null, new MemoryStats(now, memory * Mebi)) { RootFs = Fs(disk * Mebi) };
        return new PodStats(pod, now, [container], null, container.Memory) { EphemeralStorage = Fs(disk * Mebi) };
    }

    private FileSystemStats Fs(long used) => new(_time.GetUtcNow(), new FileSystemUsage(1000 * Mebi, 500 * Mebi, 500 * Mebi, 1000, 500), used);
}
