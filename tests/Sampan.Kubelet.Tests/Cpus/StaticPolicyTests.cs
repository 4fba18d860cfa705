using System.Collections.Immutable;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Cpus;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Topology;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Cpus;

/// <summary>Upstream's machines and cases: pkg/kubelet/cm/cpumanager, policy_static_test.go and topology_hints_test.go.</summary>
public sealed class StaticPolicyTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    /// <summary>TestStaticPolicyAdd and TestStaticPolicyAddWithResvList.</summary>
    [Theory]
    [InlineData("one socket", "0", "2-3,6-7", 2, "1,5")]
    [InlineData("one socket", "0", "", 1, "4")]
    [InlineData("one socket", "0-1", "", 1, "4")]
    [InlineData("one socket", "0-1", "2-3,6-7", 2, "4-5")]
    [InlineData("one socket", "0", "", 8, "not enough cpus available to satisfy request: requested=8, available=7")]
    [InlineData("one socket", "0", "1-6", 2, "not enough cpus available to satisfy request: requested=2, available=1")]
    [InlineData("two sockets", "0", "2", 6, "1,3,5,7,9,11")]
    [InlineData("two sockets", "0", "1,5", 6, "2-4,8-10")]
    [InlineData("two sockets", "0", "2", 8, "1,3-5,7,9-11")]
    [InlineData("two sockets", "0", "1-3", 10, "not enough cpus available to satisfy request: requested=10, available=8")]
    [InlineData("two sockets without threads", "0", "2", 4, "4-7")]
    [InlineData("two sockets without threads", "0", "2,4-5", 4, "1,3,6-7")]
    public void Allocate_Default_TakesWhatUpstreamTakes(string shape, string reserved, string taken, int count, string expected) =>
        Assert.Equal(expected, Allocate(Manager(shape, reserved, taken, new CpuOptions()), count));

    [Theory]
    [InlineData("one socket", "0", "2-3,6-7", 2, "1,5")]
    [InlineData("two sockets", "0", "2", 6, "1,3,5,7,9,11")]
    [InlineData("two sockets", "0", "1,5", 6, "2-4,8-10")]
    [InlineData("one socket", "0", "", 1, "SMT Alignment Error: requested 1 cpus not multiple cpus per core = 2")]
    [InlineData("two sockets", "1,6", "", 10, "SMT Alignment Error: not enough free physical CPUs: available physical CPUs = 8, requested CPUs = 10, CPUs per core = 2")]
    [InlineData("two sockets", "0,6", "", 10, "1-5,7-11")]
    public void Allocate_FullCoresOnly_TakesWhatUpstreamTakes(string shape, string reserved, string taken, int count, string expected) =>
        Assert.Equal(expected, Allocate(Manager(shape, reserved, taken, new CpuOptions(IsFullCoresOnly: true)), count));

    /// <summary>TestTopologyAwareAllocateCPUs.</summary>
    [Theory]
    [InlineData(2, null, "0,6")]
    [InlineData(2, 0b01, "0,6")]
    [InlineData(2, 0b10, "1,7")]
    [InlineData(8, 0b01, "0-2,4,6-8,10")]
    [InlineData(8, 0b10, "0-1,3,5-7,9,11")]
    public void Allocate_OnNodes_TakesTheRestElsewhere(int count, int? nodes, string expected) =>
        Assert.Equal(expected, Allocate(Manager("two sockets", "", "", new CpuOptions()), count, (ulong?)nodes));

    /// <summary>TestStaticPolicyReuseCPUs and TestStaticPolicyDoNotReuseCPUs.</summary>
    [Theory]
    [InlineData(false, "2-3,6-7")]
    [InlineData(true, "3,7")]
    public void Allocate_AfterAnInitContainer_TakesOverWhatItGivesBack(bool isSidecar, string shared)
    {
        var cpus = Manager("one socket", "", "", new CpuOptions());
        var pod = Pod(2);
        pod.Spec.InitContainers = [Wanting("setup", 4)];
        pod.Spec.InitContainers[0].RestartPolicy = isSidecar ? "Always" : null;
        Assert.True(cpus.AllocateAsync(pod, pod.Spec.InitContainers[0], TopologyHint.Anywhere, default).IsCompletedSuccessfully);
        Assert.True(cpus.AllocateAsync(pod, pod.Spec.Containers[0], TopologyHint.Anywhere, default).IsCompletedSuccessfully);
        Assert.Equal(shared, cpus.Shared.ToString());
    }

    /// <summary>TestGetTopologyHints and TestGetPodTopologyHints; taken by others, and by the container itself.</summary>
    [Theory]
    [InlineData(2, "0-1", "", "01+ 10+ 11")]
    [InlineData(5, "0-1", "", "10+ 11")]
    [InlineData(7, "0-1", "", "11+")]
    [InlineData(11, "0-1", "", "")]
    [InlineData(2, "0-1,4-11", "", "11")]
    [InlineData(2, "0-2,4-11", "", "")]
    [InlineData(2, "", "0,6", "01+ 11")]
    [InlineData(7, "", "0-6", "11+")]
    [InlineData(2, "", "0,3,6,9", "")]
    [InlineData(4, "", "0,6", "")]
    public void Hints_Request_AreUpstreams(int count, string taken, string own, string expected)
    {
        var cpus = Manager("two nodes", "", taken, new CpuOptions(), own);
        var pod = Pod(count);
        Assert.Equal(expected, Describe(cpus.Hints(pod, pod.Spec.Containers[0])["cpu"]!));
        Assert.Equal(expected, Describe(cpus.Hints(pod, null)["cpu"]!));
    }

    /// <summary>A pod as a whole has part of its processors already: what it has, it keeps.</summary>
    [Fact]
    public void Hints_PodThatHasPart_HaveThatPart()
    {
        var cpus = Manager("two nodes", "", "", new CpuOptions(), "0,6");
        var pod = Pod(2);
        pod.Spec.Containers.Add(Wanting("other", 2));
        Assert.Equal("01+ 11", Describe(cpus.Hints(pod, null)["cpu"]!));
    }

    /// <summary>Reserved processors make no node too small to be wished for, but too small to serve.</summary>
    [Theory]
    [InlineData("0", "10+ 11")]
    [InlineData("0,3", "11")]
    public void Hints_RequestOfAWholeNode_CountReservedProcessorsAsTheNodes(string reserved, string expected) =>
        Assert.Equal(expected, Describe(Manager("two nodes", reserved, "", new CpuOptions()).Hints(Pod(6), Pod(6).Spec.Containers[0])["cpu"]!));

    private static string Describe(IEnumerable<TopologyHint> hints) =>
        string.Join(' ', hints.Select(h => Convert.ToString((long)h.Nodes!.Value, 2).PadLeft(2, '0') + (h.IsPreferred ? "+" : "")));

    private static Machine Shape(string name) => name switch
    {
        "one socket" => Machine(8, cpu => new Processor(cpu, cpu % 4, 0, 0)),
        "two sockets" => Machine(12, cpu => new Processor(cpu, cpu % 6, cpu % 2, cpu % 2)),
        "two sockets without threads" => Machine(8, cpu => new Processor(cpu, cpu, cpu / 4, cpu / 4)),
        _ => Machine(12, cpu => new Processor(cpu, cpu % 6, cpu % 6 / 3, cpu % 6 / 3)),
    };

    private static Machine Machine(int count, Func<int, Processor> of)
    {
        var processors = Enumerable.Range(0, count).Select(of).ToList();
        return new(processors, [.. processors.Select(p => p.Numa).Distinct().Select(id => new NumaNode(id, new Dictionary<string, long>()))]);
    }

    private static string Allocate(CpuManager cpus, int count, ulong? nodes = null)
    {
        var pod = Pod(count);
        try
        {
            Assert.True(cpus.AllocateAsync(pod, pod.Spec.Containers[0], new TopologyHint(nodes, true), default).IsCompletedSuccessfully);
            return cpus.Exclusive(pod.Metadata.Uid, "web")!.ToString();
        }
        catch (AllocationException e)
        {
            return e.Message;
        }
    }

    private static Pod Pod(int count) => Node.Pod("a", p => p.Spec.Containers = [Wanting("web", count)]);

    private static Container Wanting(string name, int count) => Node.Container(name, c => c.Resources = new()
    {
        Limits = new() { ["cpu"] = new Quantity(count), ["memory"] = new Quantity(1 << 20) },
    });

    private CpuManager Manager(string shape, string reserved, string taken, CpuOptions options, string own = "")
    {
        var (machine, checkpoint) = (Shape(shape), new CpuCheckpoint(_directory["cpu_manager_state"]));
        var exclusive = ImmutableDictionary<(string, string), CpuSet>.Empty;
        exclusive = taken.Length > 0 ? exclusive.Add(("uid-other", "web"), CpuSet.Parse(taken)) : exclusive;
        exclusive = own.Length > 0 ? exclusive.Add(("uid-a", "web"), CpuSet.Parse(own)) : exclusive;
        checkpoint.Write(exclusive, exclusive.Values.Aggregate(machine.Cpus, (shared, cpus) => shared.Except(cpus)));
        return new CpuManager(machine, CpuSet.Parse(reserved), options, checkpoint);
    }
}
