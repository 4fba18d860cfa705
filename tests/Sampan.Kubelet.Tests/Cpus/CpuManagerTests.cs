using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Cpus;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Topology;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Cpus;

public sealed class CpuManagerTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Theory]
    [InlineData(1, "8")] // Its neighbour 0 is reserved, so that core is broken already.
    [InlineData(2, "1,9")]
    [InlineData(3, "1,8-9")]
    [InlineData(8, "4-7,12-15")]
    public void Allocate_WholeProcessors_BreaksUpAsLittleAsPossible(int count, string expected)
    {
        var cpus = Manager();

        Allocate(cpus, Guaranteed("one", $"{count}"));

        Assert.Equal(expected, cpus.Exclusive("uid-one", "web")!.ToString());
        Assert.Equal(16 - count, cpus.Shared.Count);
        Assert.True(cpus.Shared.Contains(0));
    }

    [Theory]
    [InlineData("1500m", false)]
    [InlineData("2", true)]
    public void Allocate_PartsOfAProcessorOrBurstable_Shares(string cpu, bool isBurstable)
    {
        var cpus = Manager();
        var pod = Guaranteed("one", cpu);
        if (isBurstable) pod.Spec.Containers[0].Resources.Limits!.Remove("memory");

        Allocate(cpus, pod);

        Assert.Null(cpus.Exclusive("uid-one", "web"));
        Assert.Equal("0-15", cpus.For("uid-one", "web").ToString());
    }

    [Fact]
    public void Allocate_MoreThanIsLeft_Fails()
    {
        var cpus = Manager();
        Allocate(cpus, Guaranteed("one", "10"));

        var failure = Assert.Throws<AllocationException>(() => Allocate(cpus, Guaranteed("two", "6")));

        Assert.Equal("not enough cpus available to satisfy request: requested=6, available=5", failure.Message);
        cpus.Release("uid-one");
        Allocate(cpus, Guaranteed("two", "6"));
    }

    [Fact]
    public void Allocate_FullCoresOnly_RefusesHalfACore()
    {
        var cpus = new CpuManager(Machines.TwoSockets(), CpuSet.Parse("0"), new CpuOptions(IsFullCoresOnly: true), null);

        var failure = Assert.Throws<AllocationException>(() => Allocate(cpus, Guaranteed("one", "3")));

        Assert.Equal("SMTAlignmentError", failure.Reason);
        Assert.Equal("SMT Alignment Error: requested 3 cpus not multiple cpus per core = 2", failure.Message);
    }

    [Theory]
    [InlineData(6, false, "4-6,12-14")] // Either node has them; of the second more is left then.
    [InlineData(10, false, "1-2,4-6,8-10,12-13")]
    [InlineData(12, true, "1-6,9-14")]
    public void Allocate_Spread_TakesAsManyOfEachNode(int count, bool isFullCoresOnly, string expected)
    {
        var cpus = new CpuManager(Machines.TwoSockets(), CpuSet.Parse("0"), new CpuOptions(IsFullCoresOnly: isFullCoresOnly, IsSpread: true), null);

        Allocate(cpus, Guaranteed("one", $"{count}"));

        Assert.Equal(expected, cpus.Exclusive("uid-one", "web")!.ToString());
    }

    [Theory]
    [InlineData("", 2, "0-1")]
    [InlineData("0", 4, "4-7")]
    [InlineData("0", 3, "1-3")]
    [InlineData("0-2", 2, "4-5")]
    [InlineData("0", 6, "1-2,4-7")]
    public void Allocate_CacheAligned_StaysBelowOneCache(string reserved, int count, string expected)
    {
        var machine = new Machine([.. Enumerable.Range(0, 12).Select(i => new Processor(i, i, 0, 0, i / 4))], [new NumaNode(0, new Dictionary<string, long>())]);
        var cpus = new CpuManager(machine, CpuSet.Parse(reserved), new CpuOptions(IsCacheAligned: true), null);

        Allocate(cpus, Guaranteed("one", $"{count}"));

        Assert.Equal(expected, cpus.Exclusive("uid-one", "web")!.ToString());
    }

    /// <summary>Upstream: ExpectDoNotAllocPartialCPU. Each reserved processor spoils a core.</summary>
    [Fact]
    public void Allocate_FullCoresBesideSplitReservations_CountsOnlyWholeCores()
    {
        var cpus = new CpuManager(Machines.TwoSockets(), CpuSet.Parse("0,9"), new CpuOptions(IsFullCoresOnly: true), null);

        var failure = Assert.Throws<AllocationException>(() => Allocate(cpus, Guaranteed("one", "14")));
        Assert.Equal(("SMTAlignmentError", "SMT Alignment Error: not enough free physical CPUs: available physical CPUs = 12, requested CPUs = 14, CPUs per core = 2"), (failure.Reason, failure.Message));
        Allocate(cpus, Guaranteed("one", "12"));
        Assert.Equal("2-7,10-15", cpus.Exclusive("uid-one", "web")!.ToString());
    }

    /// <summary>Upstream: TestPolicyOptionsCompatibility.</summary>
    [Theory]
    [InlineData("full-pcpus-only", "distribute-cpus-across-numa", null)]
    [InlineData("strict-cpu-reservation", "prefer-align-cpus-by-uncorecache", null)]
    [InlineData("distribute-cpus-across-numa", "prefer-align-cpus-by-uncorecache", "static policy options prefer-align-cpus-by-uncorecache and distribute-cpus-across-numa can not be used at the same time")]
    [InlineData("full-pcpus-only", "align-by-socket", "CPU Manager Policy Alpha-level Options not enabled, but option \"align-by-socket\" provided")]
    [InlineData("full-pcpus-only", "whatever", "unknown CPU Manager Policy option: \"whatever\"")]
    public void Problems_Options_AreThoseThatCannotBe(string one, string another, string? problem) =>
        Assert.Equal(problem, CpuOptions.Problems("static", new Dictionary<string, string> { [one] = "true", [another] = "true" }).SingleOrDefault());

    [Fact]
    public void Shared_StrictReservation_LeavesReservedProcessorsOut()
    {
        var cpus = new CpuManager(Machines.TwoSockets(), CpuSet.Parse("0,8"), new CpuOptions(IsReservationStrict: true), null);

        Assert.Equal("1-7,9-15", cpus.Shared.ToString());
    }

    [Fact]
    public void Allocate_AfterAnInitContainer_TakesItsProcessorsOver()
    {
        var cpus = Manager();
        var pod = Guaranteed("one", "2");
        pod.Spec.InitContainers = [Guaranteed("one", "4").Spec.Containers[0]];
        pod.Spec.InitContainers[0].Name = "setup";

        Allocate(cpus, pod);

        Assert.Equal("1-2,9-10", cpus.Exclusive("uid-one", "setup")!.ToString());
        Assert.Equal("1,9", cpus.Exclusive("uid-one", "web")!.ToString());
        Assert.Equal(12, cpus.Shared.Count);
    }

    [Fact]
    public void Read_AfterARestart_KnowsWhoHasWhat()
    {
        Allocate(Manager(), Guaranteed("one", "2"));

        Assert.Equal("1,9", Manager().Exclusive("uid-one", "web")!.ToString());
        Assert.Contains("\"defaultCpuSet\":\"0,2-8,10-15\"", File.ReadAllText(_directory["cpu_manager_state"]));
    }

    [Fact]
    public void Hints_Request_NameTheNodesThatCanServeIt()
    {
        var cpus = Manager();
        Allocate(cpus, Guaranteed("one", "6"));
        var pod = Guaranteed("two", "3");

        Assert.Equal([new TopologyHint(0b10, false), new TopologyHint(0b11, false)], cpus.Hints(Guaranteed("two", "8"), Guaranteed("two", "8").Spec.Containers[0])["cpu"]!.Select(h => h with { IsPreferred = false }));
        Assert.Equal([new TopologyHint(0b10, true), new TopologyHint(0b11, false)], cpus.Hints(pod, pod.Spec.Containers[0])["cpu"]);
    }

    [Fact]
    public async Task Sync_RunningContainers_MoveToTheirProcessors()
    {
        CpuManager? cpus = null;
        await using var node = new Node(devices =>
        {
            cpus = Manager();
            return new ExclusiveResources(devices, cpus, null, new TopologyManager(new TopologyPolicy("none", NumaMask.IsNarrower), false, 0b11, [devices, cpus], new TopologyMetrics(new()), TimeProvider.System));
        });
        var sharing = await node.RunAsync(Node.Pod("sharing"));
        await node.RunAsync(Guaranteed("own", "2"));
        var reconciler = new CpuReconciler(cpus!, node.Cache, node.Runtime, TimeSpan.FromSeconds(10), node.Time, NullLogger.Instance);

        await reconciler.SyncAsync(default);

        Assert.Equal("0,2-8,10-15", Cpuset(node, sharing.Metadata.Name));
        Assert.Equal("1,9", Cpuset(node, "own"));
    }

    [Theory]
    [InlineData("0-3,7", "0-3,7")]
    [InlineData("7,1,0", "0-1,7")]
    [InlineData("", "")]
    public void Parse_List_IsWrittenInTheKernelsWay(string text, string expected) => Assert.Equal(expected, CpuSet.Parse(text).ToString());

    public void Dispose() => _directory.Dispose();

    private static string Cpuset(Node node, string pod) => node.Runtime.Running(pod, "web")!.Config.Linux.Resources.CpusetCpus;

    private static Pod Guaranteed(string name, string cpu) => Node.Pod(name, p => p.Spec.Containers[0].Resources = new()
    {
        Limits = new() { ["cpu"] = Quantity.Parse(cpu), ["memory"] = new Quantity(1 << 20) },
        Requests = new() { ["cpu"] = Quantity.Parse(cpu), ["memory"] = new Quantity(1 << 20) },
    });

    private static void Allocate(CpuManager cpus, Pod pod)
    {
        foreach (var container in pod.Spec.InitContainers.OrEmpty().Concat(pod.Spec.Containers))
        {
            Assert.True(cpus.AllocateAsync(pod, container, TopologyHint.Anywhere, default).IsCompletedSuccessfully);
        }
    }

    private CpuManager Manager() => new(Machines.TwoSockets(), CpuSet.Parse("0"), new CpuOptions(), new CpuCheckpoint(_directory["cpu_manager_state"]));
}
