using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Cpus;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Topology;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Topology;

public sealed class TopologyManagerTests
{
    private static readonly TopologyHint Zero = new(0b01, true);
    private static readonly TopologyHint One = new(0b10, true);
    private static readonly TopologyHint Both = new(0b11, false);

    [Fact]
    public void Merge_TwoResources_MeetWhereBothCanBe() =>
        Assert.Equal(One, HintMerger.Merge(0b11, [[Zero, One, Both], [One, Both]], NumaMask.IsNarrower));

    [Fact]
    public void Merge_ApartResources_AreNotPreferred() =>
        Assert.Equal(Both, HintMerger.Merge(0b11, [[Zero], [One]], NumaMask.IsNarrower));

    [Fact]
    public void Merge_OneWithoutAPlace_FollowsTheOther() =>
        Assert.Equal(Zero, HintMerger.Merge(0b11, [[TopologyHint.Anywhere], [Zero, Both]], NumaMask.IsNarrower));

    [Fact]
    public void Merge_OnlyWideAndNarrow_TakesWhatTheHungriestNeeds() =>
        Assert.Equal(new TopologyHint(0b011, false), HintMerger.Merge(0b111, [[new(0b011, false), new(0b111, false)], [new(0b001, false), new(0b011, false)]], NumaMask.IsNarrower) with { IsPreferred = false });

    /// <summary>Upstream: policy_test.go; of each provider its hints, <c>+</c> for preferred, <c>*</c> for anywhere, nothing for nowhere.</summary>
    [Theory]
    [InlineData("best-effort", "", "11+ admitted")]
    [InlineData("best-effort", "*+", "11+ admitted")]
    [InlineData("best-effort", "|01+", "01- admitted")]
    [InlineData("best-effort", "*+|10+", "10+ admitted")]
    [InlineData("best-effort", "01+|10+", "11- admitted")]
    [InlineData("best-effort", "01+ 10+|01+", "01+ admitted")]
    [InlineData("best-effort", "01+ 10+|11", "01- admitted")]
    [InlineData("best-effort", "01+|01", "01- admitted")]
    [InlineData("best-effort", "10+ 11|01+ 10+ 11", "10+ admitted")]
    [InlineData("restricted", "10+ 11|01+ 10+ 11", "10+ admitted")]
    [InlineData("restricted", "01+|10+", "11-")]
    [InlineData("restricted", "01+|01", "01-")]
    [InlineData("single-numa-node", "*+", "*+ admitted")]
    [InlineData("single-numa-node", "01+|*+", "01+ admitted")]
    [InlineData("single-numa-node", "01+ 10+ 11|10+ 11", "10+ admitted")]
    [InlineData("single-numa-node", "01+|11+", "*-")]
    [InlineData("single-numa-node", "01+|10+", "*-")]
    [InlineData("single-numa-node", "01|01+", "*-")]
    public void Choose_Hints_AreMergedAsUpstreamMergesThem(string policy, string providers, string expected)
    {
        var hints = providers.Length == 0 ? [] : providers.Split('|').Select(list => new Dictionary<string, IReadOnlyList<TopologyHint>?> { ["cpu"] = [.. list.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parse)] });

        var (hint, isAdmitted) = new TopologyPolicy(policy, NumaMask.IsNarrower).Choose(0b11, hints);
        var nodes = hint.Nodes is { } mask ? Convert.ToString((long)mask, 2).PadLeft(2, '0') : "*";
        Assert.Equal(expected, $"{nodes}{(hint.IsPreferred ? "+" : "-")}{(isAdmitted ? " admitted" : "")}");

        static TopologyHint Parse(string text) => new(text.StartsWith('*') ? null : Convert.ToUInt64(text.TrimEnd('+'), 2), text.EndsWith('+'));
    }

    [Theory]
    [InlineData(false, 0b0011)]
    [InlineData(true, 0b1010)]
    public void Choose_NodesThatAreNear_ComeFirstWhenAsked(bool isClosest, int expected)
    {
        int[][] distances = [[10, 30, 40, 50], [30, 10, 60, 20], [40, 60, 10, 70], [50, 20, 70, 10]];
        var machine = new Machine([], [.. distances.Select((d, i) => new NumaNode(i, new Dictionary<string, long>(), d))]);
        var policy = new TopologyPolicy("best-effort", isClosest ? new NumaDistances(machine).IsCloser : NumaMask.IsNarrower);
        var hints = new Dictionary<string, IReadOnlyList<TopologyHint>?> { ["cpu"] = TopologyHint.ForSubsets(0b1111, mask => NumaMask.Count(mask) > 1, _ => true) };

        Assert.Equal((ulong)expected, policy.Choose(0b1111, [hints]).Hint.Nodes);
    }

    [Theory]
    [InlineData("none", "6", "6", null)]
    [InlineData("best-effort", "6", "6", null)]
    [InlineData("restricted", "6", "6", null)]
    [InlineData("restricted", "5", "11", "TopologyAffinityError")]
    [InlineData("single-numa-node", "6", "6", null)]
    [InlineData("single-numa-node", "5", "9", "TopologyAffinityError")]
    [InlineData("best-effort", "5", "10", null)]
    public async Task Allocate_SecondPod_IsAdmittedByPolicy(string policy, string first, string second, string? reason)
    {
        var manager = Manager(policy, isPodScope: false, out _);
        Assert.Null(await manager.AllocateAsync(Pod("one", first), default));

        var rejection = await manager.AllocateAsync(Pod("two", second), default);

        Assert.Equal(reason, rejection?.Reason);
        Assert.Equal(reason is null ? null : "Resources cannot be allocated with Topology locality", rejection?.Message);
    }

    [Fact]
    public async Task Allocate_PodScope_PutsAllContainersTogether()
    {
        var manager = Manager("single-numa-node", isPodScope: true, out var cpus);
        var pod = Pod("one", "4");
        pod.Spec.Containers.Add(Pod("one", "4").Spec.Containers[0]);
        pod.Spec.Containers[1].Name = "side";

        Assert.Null(await manager.AllocateAsync(pod, default));

        Assert.Equal("4-7,12-15", cpus.Exclusive("uid-one", "web")!.Union(cpus.Exclusive("uid-one", "side")!).ToString());
    }

    [Fact]
    public async Task Allocate_SecondContainerDoesNotFit_GivesTheFirstsBack()
    {
        var manager = Manager("none", isPodScope: false, out var cpus);
        var pod = Pod("one", "8");
        pod.Spec.Containers.Add(Pod("one", "8").Spec.Containers[0]);
        pod.Spec.Containers[1].Name = "side";

        var rejection = await manager.AllocateAsync(pod, default);

        Assert.Equal("UnexpectedAdmissionError", rejection!.Reason);
        Assert.Equal("Allocate failed due to not enough cpus available to satisfy request: requested=8, available=7, which is unexpected", rejection.Message);
        Assert.Empty(cpus.Holders);
    }

    [Fact]
    public async Task Allocate_SingleNode_CountsWhatIsAlignedAndWhatIsNot()
    {
        var metrics = new MetricRegistry();
        var manager = Manager("single-numa-node", isPodScope: false, out var cpus, metrics);
        TopologyMetrics.Show(metrics, cpus);

        Assert.Null(await manager.AllocateAsync(Pod("one", "6"), default));
        Assert.Equal("TopologyAffinityError", (await manager.AllocateAsync(Pod("two", "9"), default))!.Reason);

        var shown = metrics.Render();
        Assert.All(
            new[]
            {
                "kubelet_topology_manager_admission_requests_total 2", "kubelet_topology_manager_admission_errors_total 1", "kubelet_topology_manager_admission_duration_ms_count 2",
                "kubelet_container_aligned_compute_resources_count{boundary=\"numa_node\",scope=\"container\"} 1",
                "kubelet_container_aligned_compute_resources_failure_count{boundary=\"numa_node\",scope=\"container\"} 1",
                "kubelet_container_aligned_compute_resources_count{boundary=\"uncore_cache\",scope=\"container\"} 1",
                "kubelet_cpu_manager_pinning_requests_total 1", "kubelet_cpu_manager_pinning_errors_total 0", "kubelet_cpu_manager_exclusive_cpu_allocation_count 6",
                "kubelet_cpu_manager_shared_pool_size_millicores 9000",
            },
            line => Assert.Contains(line + "\n", shown, StringComparison.Ordinal));
    }

    private static TopologyManager Manager(string policy, bool isPodScope, out CpuManager cpus, MetricRegistry? metrics = null)
    {
        cpus = new CpuManager(Machines.TwoSockets(), CpuSet.Parse("0"), new CpuOptions(), null);
        return new TopologyManager(new TopologyPolicy(policy, NumaMask.IsNarrower), isPodScope, 0b11, [cpus], new TopologyMetrics(metrics ?? new()), TimeProvider.System);
    }

    private static Pod Pod(string name, string cpu) => Node.Pod(name, p => p.Spec.Containers[0].Resources = new()
    {
        Limits = new() { [PodResources.Cpu] = Quantity.Parse(cpu), [PodResources.Memory] = new Quantity(1 << 20) },
    });
}
