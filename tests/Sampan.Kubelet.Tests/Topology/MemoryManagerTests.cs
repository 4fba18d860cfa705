using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Topology;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Topology;

public sealed class MemoryManagerTests : IDisposable
{
    private const long Gibibyte = 1L << 30;
    private const string Different = "[memorymanager] the expected machine state is different from the real one";
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Allocate_GuaranteedPods_FillOneNodeAfterTheOther()
    {
        var memory = Manager();

        Allocate(memory, Pod("one", 6));
        Allocate(memory, Pod("two", 6));

        Assert.Equal("0", memory.NodesOf("uid-one", "web")!.ToString());
        Assert.Equal("1", memory.NodesOf("uid-two", "web")!.ToString());
    }

    [Fact]
    public void Allocate_MoreThanOneNodeHas_TakesBothUnlessOneServesAlone()
    {
        var memory = Manager();
        Allocate(memory, Pod("wide", 12));
        Assert.Equal("0-1", memory.NodesOf("uid-wide", "web")!.ToString());

        var failure = Assert.Throws<AllocationException>(() => Allocate(memory, Pod("narrow", 8)));

        Assert.Equal("[memorymanager] failed to get the default NUMA affinity, no NUMA nodes with enough memory is available", failure.Message);
        memory.Release("uid-wide");
        Allocate(memory, Pod("narrow", 8));
    }

    [Fact]
    public void Allocate_WithAffinity_StaysThere()
    {
        var memory = Manager();
        var pod = Pod("one", 2);

        _ = memory.AllocateAsync(pod, pod.Spec.Containers[0], new TopologyHint(0b10, true), default);

        Assert.Equal("1", memory.NodesOf("uid-one", "web")!.ToString());
    }

    /// <summary>Upstream: TestStaticPolicyAllocate. Of the wide pod's 12 GiB 8 lie on node 0, which is full, and 4 on node 1.</summary>
    [Theory]
    [InlineData(0b10, true, "[memorymanager] preferred hint violates NUMA node allocation")]
    [InlineData(0b01, true, "[memorymanager] failed to find the extended preferred hint")]
    [InlineData(0b01, false, null)]
    [InlineData(0b11, false, null)]
    [InlineData(null, true, "[memorymanager] failed to find the default preferred hint")]
    [InlineData(null, false, null)]
    public void Allocate_BesideAPodOnBothNodes_MayOnlyJoinIt(int? nodes, bool isPreferred, string? problem)
    {
        var memory = Manager();
        Allocate(memory, Pod("wide", 12));
        var pod = Pod("one", 2);

        var failure = Record.Exception(() => { _ = memory.AllocateAsync(pod, pod.Spec.Containers[0], new TopologyHint((ulong?)nodes, isPreferred), default); });
        Assert.Equal((problem, problem is null ? "0-1" : null), (failure?.Message, memory.NodesOf("uid-one", "web")?.ToString()));
    }

    [Fact]
    public void Allocate_AfterAnInitContainer_TakesItsMemoryOver()
    {
        var memory = Manager();
        var pod = Pod("one", 6);
        pod.Spec.InitContainers = [Pod("one", 8).Spec.Containers[0]];
        pod.Spec.InitContainers[0].Name = "setup";

        Allocate(memory, pod);

        Assert.Equal(["setup 2", "web 6"], memory.Blocks.Where(b => b.Nodes == 0b01).Select(b => $"{b.Container} {b.Size / Gibibyte}"));
    }

    /// <summary>Upstream: updateInitContainersMemoryBlocks; a block of no size still says where its container runs.</summary>
    [Fact]
    public void Allocate_AllThatAnInitContainerHad_LeavesItOnItsNodes()
    {
        var memory = Manager();
        var pod = Pod("one", 6);
        pod.Spec.InitContainers = [Pod("one", 2).Spec.Containers[0]];
        pod.Spec.InitContainers[0].Name = "setup";

        Allocate(memory, pod);

        Assert.Equal(["setup 0", "web 6"], memory.Blocks.Select(b => $"{b.Container} {b.Size / Gibibyte}"));
        Assert.Equal("0", memory.NodesOf("uid-one", "setup")!.ToString());
    }

    /// <summary>Upstream: getDefaultMachineState; memory that huge pages are made of is not to be had otherwise.</summary>
    [Fact]
    public void State_OfTheMachine_IsWhatUpstreamFindsAgain()
    {
        var memory = Manager();
        Assert.Equal("0: 0 hugepages-2Mi 1/0/1/0/1 memory 10/1/8/0/8 [0]", Describe(memory.State[0]));

        Allocate(memory, Pod("wide", 12));
        Assert.Equal(["0: 1 hugepages-2Mi 1/0/1/0/1 memory 10/1/8/8/0 [0,1]", "1: 1 hugepages-2Mi 1/0/1/0/1 memory 10/1/8/4/4 [0,1]"], memory.State.Select(Describe));
        memory.Release("uid-wide");
        Assert.Equal("1: 0 hugepages-2Mi 1/0/1/0/1 memory 10/1/8/0/8 [1]", Describe(memory.State[1]));

        static string Describe(NumaMemory node) => $"{node.Id}: {node.Assignments} "
            + $"{string.Join(' ', node.Tables.Select(t => $"{t.Resource} {string.Join('/', new[] { t.Table.Total, t.Table.SystemReserved, t.Table.Allocatable, t.Table.Reserved, t.Table.Free }.Select(size => size / Gibibyte))}"))} "
            + $"[{string.Join(',', node.Cells)}]";
    }

    /// <summary>Upstream: TestCheckpointStateRestore, and the file of a kubelet without a policy.</summary>
    [Fact]
    public void Write_State_HasTheChecksumThatUpstreamComputes()
    {
        var path = _directory["memory_manager_state"];
        new MemoryCheckpoint(path, "None").Write([], []);
        Assert.Equal("{\"policyName\":\"None\",\"machineState\":{},\"checksum\":4236770233}", File.ReadAllText(path));

        new MemoryCheckpoint(path, "static").Write([new("pod", "container1", "memory", 0b1, 512)], [new(0, 0, [("memory", new(2048, 512, 1536, 512))], [])]);
        Assert.Equal(
            "{\"policyName\":\"static\",\"machineState\":{\"0\":{\"numberOfAssignments\":0,\"memoryMap\":{\"memory\":{\"total\":2048,\"systemReserved\":512,\"allocatable\":1536,\"reserved\":512,\"free\":1024}},\"cells\":[]}},"
            + "\"entries\":{\"pod\":{\"container1\":[{\"numaAffinity\":[0],\"type\":\"memory\",\"size\":512}]}},\"checksum\":4215593881}",
            File.ReadAllText(path));
    }

    [Fact]
    public void Allocate_BurstablePod_ComesFromAnywhere()
    {
        var memory = Manager();
        var pod = Pod("one", 6);
        pod.Spec.Containers[0].Resources.Limits!.Remove("cpu");

        Allocate(memory, pod);

        Assert.Null(memory.NodesOf("uid-one", "web"));
    }

    [Fact]
    public void Hints_HugePages_CountToo()
    {
        var pod = Pod("one", 1);
        pod.Spec.Containers[0].Resources.Limits!["hugepages-2Mi"] = new Quantity(Gibibyte * 3 / 2);

        var hints = Manager().Hints(pod, pod.Spec.Containers[0]);

        Assert.Equal([new TopologyHint(0b11, true)], hints["hugepages-2Mi"]);
        Assert.Equal(hints["hugepages-2Mi"], hints["memory"]);
    }

    /// <summary>Upstream: regenerateHints; memory that a container has is not asked for once more.</summary>
    [Fact]
    public void Hints_ContainerThatHasItsMemory_StayThere()
    {
        var memory = Manager();
        var pod = Pod("one", 6);
        _ = memory.AllocateAsync(pod, pod.Spec.Containers[0], new TopologyHint(0b10, true), default);

        Assert.Equal([new TopologyHint(0b10, true)], memory.Hints(pod, pod.Spec.Containers[0])["memory"]);
        Assert.Equal([new TopologyHint(0b10, true)], memory.Hints(pod, null)["memory"]);
        Assert.Empty(memory.Hints(Pod("one", 7), Pod("one", 7).Spec.Containers[0]));
    }

    [Fact]
    public void Read_AfterARestart_KnowsWhoHasWhat()
    {
        Allocate(Manager(), Pod("one", 6));

        Assert.Equal("0", Manager().NodesOf("uid-one", "web")!.ToString());
    }

    /// <summary>Upstream: the state of one policy cannot be restored by another.</summary>
    [Theory]
    [InlineData("{\"policyName\":\"None\"}", "[memorymanager] configured policy \"Static\" differs from state checkpoint policy \"None\"")]
    [InlineData("{", "checkpoint is corrupted")]
    public void Read_StateThatCannotBeKept_IsRefused(string state, string why)
    {
        var path = _directory["memory_manager_state"];
        File.WriteAllText(path, state);
        Assert.Equal(
            $"start memory manager error: could not restore state from checkpoint: {why}, please drain this node and delete the memory manager checkpoint file \"{path}\" before restarting Kubelet",
            Assert.Throws<ConfigurationException>(Manager).Message);
    }

    /// <summary>Upstream: TestStaticPolicyStart. What a kubelet wrote is kept where the machine is still that one.</summary>
    [Theory]
    [InlineData("", "", null)]
    [InlineData("\"numberOfAssignments\":1", "\"numberOfAssignments\":2", Different)]
    [InlineData("\"total\":10737418240", "\"total\":20737418240", Different)]
    [InlineData("\"systemReserved\":1073741824", "\"systemReserved\":0", Different)]
    [InlineData("\"reserved\":6442450944", "\"reserved\":1", Different)]
    [InlineData("\"1\":{", "\"2\":{", Different)]
    [InlineData("\"cells\":[0]", "\"cells\":[0,1]", Different)]
    [InlineData("\"hugepages-2Mi\"", "\"hugepages-1Gi\"", Different)]
    [InlineData("\"numaAffinity\":[0]", "\"numaAffinity\":[7]", "[memorymanager] (pod: uid-one, container: web) the memory assignment uses the NUMA that does not exist")]
    [InlineData("\"type\":\"memory\"", "\"type\":\"hugepages-1Gi\"", "[memorymanager] (pod: uid-one, container: web) the memory assignment uses memory resource that does not exist")]
    [InlineData("\"machineState\"", "\"machine\"", "[memorymanager] machine state can not be empty when it has memory assignments")]
    public void Start_State_IsKeptWhereItFits(string written, string changed, string? problem)
    {
        Allocate(Manager(), Pod("one", 6));
        var path = _directory["memory_manager_state"];
        File.WriteAllText(path, written.Length > 0 ? File.ReadAllText(path).Replace(written, changed, StringComparison.Ordinal) : File.ReadAllText(path));

        var refused = Record.Exception(() => Manager());
        Assert.Equal(problem is null ? null : $"start memory manager error: {problem}", refused?.Message);
    }

    [Fact]
    public void Start_NodesThatServeTogether_MayShareOutAsTheyLike()
    {
        Allocate(Manager(), Pod("wide", 12));
        var path = _directory["memory_manager_state"];
        var state = File.ReadAllText(path).Replace("\"reserved\":8589934592", "\"reserved\":x", StringComparison.Ordinal)
            .Replace("\"reserved\":4294967296", "\"reserved\":8589934592", StringComparison.Ordinal).Replace("\"reserved\":x", "\"reserved\":4294967296", StringComparison.Ordinal);
        File.WriteAllText(path, state);
        Assert.Equal("0-1", Manager().NodesOf("uid-wide", "web")!.ToString());
    }

    public void Dispose() => _directory.Dispose();

    private static Pod Pod(string name, long gibibytes) => Node.Pod(name, p => p.Spec.Containers[0].Resources = new()
    {
        Limits = new() { ["cpu"] = new Quantity(1), ["memory"] = new Quantity(gibibytes * Gibibyte) },
    });

    private static void Allocate(MemoryManager memory, Pod pod)
    {
        foreach (var container in pod.Spec.InitContainers.OrEmpty().Concat(pod.Spec.Containers))
        {
            _ = memory.AllocateAsync(pod, container, TopologyHint.Anywhere, default);
        }
    }

    /// <summary>One of each node's 10 GiB is reserved.</summary>
    private MemoryManager Manager() => new(Machines.TwoSockets(), (_, resource) => resource == "memory" ? Gibibyte : 0, new MemoryCheckpoint(_directory["memory_manager_state"]));
}
