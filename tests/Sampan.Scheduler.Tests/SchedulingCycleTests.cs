using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Cycle;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Tests;

public sealed class SchedulingCycleTests
{
    private readonly SchedulerCache _cache = new();

    [Fact]
    public void Run_NoNodes_SaysSo() =>
        Assert.Equal("no nodes available to schedule pods", Run(Make.Info("p")).Diagnosis);

    [Fact]
    public void Run_OneNodeFits_TakesIt()
    {
        _cache.SetNode(Make.Node("small", cpu: "1"));
        _cache.SetNode(Make.Node("large", cpu: "8"));
        Assert.Equal("large", Run(Make.Info("p", cpu: "2")).Node);
    }

    [Fact]
    public void Run_NothingFits_CountsTheReasons()
    {
        _cache.SetNode(Make.Node("a", cpu: "1", memory: "1Gi"));
        _cache.SetNode(Make.Node("b", cpu: "1"));
        _cache.SetNode(Make.Node("c", with: n => n.Spec.Unschedulable = true));
        Assert.Equal(
            "0/3 nodes are available: 1 Insufficient memory, 1 node(s) were unschedulable, 2 Insufficient cpu.",
            Run(Make.Info("p", cpu: "2", memory: "4Gi")).Diagnosis);
    }

    [Fact]
    public void Run_FullNode_HasTooManyPods()
    {
        _cache.SetNode(Make.Node("a", pods: "1"));
        _cache.SetPod(Make.Info("first", node: "a"));
        Assert.Equal("0/1 nodes are available: 1 Too many pods.", Run(Make.Info("second")).Diagnosis);
    }

    [Fact]
    public void Run_EqualNodesInUse_PrefersTheEmptier()
    {
        _cache.SetNode(Make.Node("used"));
        _cache.SetNode(Make.Node("free"));
        _cache.SetPod(Make.Info("other", cpu: "2", memory: "4Gi", node: "used"));
        Assert.Equal("free", Run(Make.Info("p", cpu: "1", memory: "1Gi")).Node);
    }

    [Theory]
    [InlineData("NoSchedule", null, "0/1 nodes are available: 1 node(s) had untolerated taint(s).")]
    [InlineData("NoExecute", null, "0/1 nodes are available: 1 node(s) had untolerated taint(s).")]
    [InlineData("PreferNoSchedule", null, null)]
    [InlineData("NoSchedule", "db", null)]
    [InlineData("NoSchedule", "web", "0/1 nodes are available: 1 node(s) had untolerated taint(s).")]
    public void Run_TaintedNode_NeedsAToleration(string effect, string? tolerated, string? refusal)
    {
        _cache.SetNode(Make.Node("a", with: n => n.Spec.Taints = [new Taint { Key = "dedicated", Value = "db", Effect = effect }]));
        var pod = Make.Info("p", with: p => p.Spec.Tolerations = tolerated is null ? null : [new Toleration { Key = "dedicated", Value = tolerated }]);
        var (node, diagnosis) = Run(pod);
        Assert.Equal(refusal, node is null ? diagnosis : null);
    }

    [Fact]
    public void Run_NodeSelector_MustMatch()
    {
        _cache.SetNode(Make.Node("hdd"));
        _cache.SetNode(Make.Node("ssd", with: n => n.Metadata.Labels!["disk"] = "ssd"));
        Assert.Equal("ssd", Run(Make.Info("p", with: p => p.Spec.NodeSelector = new() { ["disk"] = "ssd" })).Node);
        Assert.Equal(
            "0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.",
            Run(Make.Info("q", with: p => p.Spec.NodeSelector = new() { ["disk"] = "nvme" })).Diagnosis);
    }

    [Fact]
    public void Run_RequiredAffinityByName_LooksAtThatNodeOnly()
    {
        for (var i = 0; i < 5; i++) _cache.SetNode(Make.Node($"n{i}"));
        var term = new NodeSelectorTerm { MatchFields = [new NodeSelectorRequirement { Key = "metadata.name", Operator = "In", Values = ["n3"] }] };
        var affinity = new NodeAffinity { RequiredDuringSchedulingIgnoredDuringExecution = new NodeSelector { NodeSelectorTerms = [term] } };
        Assert.Equal("n3", Run(Make.Info("p", with: p => p.Spec.Affinity = new Affinity { NodeAffinity = affinity })).Node);
    }

    [Fact]
    public void Run_HostPortTaken_GoesElsewhere()
    {
        _cache.SetNode(Make.Node("a"));
        static void WithPort(Pod pod) => pod.Spec.Containers[0].Ports = [new ContainerPort { HostPort = 80, ContainerPortValue = 80, Protocol = "TCP" }];
        _cache.SetPod(Make.Info("first", node: "a", with: WithPort));
        Assert.Equal(
            "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.",
            Run(Make.Info("second", with: WithPort)).Diagnosis);
    }

    [Fact]
    public void Run_PodsThatDifferInWhatKubeletsMustKnow_AreJudgedEachForItself()
    {
        var cache = new SchedulerCache();
        cache.SetNode(Make.Node("n"));
        var cycle = new SchedulingCycle(Profile.Default(), cache, new Random(1));
        Assert.Null(cycle.Run(Make.Info("p", with: p => (p.Spec.HostNetwork, p.Spec.HostUsers) = (true, false))).Node);
        Assert.Equal("n", cycle.Run(Make.Info("q", with: p => p.Spec.HostNetwork = true)).Node);
        Assert.Null(cycle.Run(Make.Info("r", with: p => p.Spec.Containers[0].RestartPolicyRules = [new() { Action = "RestartAllContainers" }])).Node);
        Assert.Equal("n", cycle.Run(Make.Info("s")).Node);
    }

    [Fact]
    public void Assume_ThenForget_LeavesTheNodeAsItWas()
    {
        _cache.SetNode(Make.Node("a", cpu: "1"));
        var pod = Make.Info("p", cpu: "1");
        _cache.Assume(pod, "a");
        Assert.Null(Run(Make.Info("q", cpu: "1")).Node);
        _cache.Forget(pod.Uid);
        Assert.Equal("a", Run(Make.Info("q", cpu: "1")).Node);
    }

    [Theory]
    [InlineData(50, 50)]
    [InlineData(100, 100)]
    [InlineData(1000, 420)]
    [InlineData(5000, 500)]
    [InlineData(10000, 500)]
    public void FeasibleNodesToFind_FallsWithTheClustersSize(int nodes, int expected) =>
        Assert.Equal(expected, NodeSearch.FeasibleNodesToFind(nodes, percentage: null));

    private (string? Node, string Diagnosis) Run(PodInfo pod)
    {
        var result = new SchedulingCycle(Profile.Default(), _cache, new Random(1)).Run(pod);
        result.Diagnosis.PostFilterMessage = null;
        return (result.Node, result.Diagnosis.ToString());
    }
}
