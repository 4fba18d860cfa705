using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Configuration;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Plugins;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Tests;

/// <summary>Rules of a single node that a case file can't show: pods that name their node, and hints of a profile of its own.</summary>
public sealed class NodeRuleTests
{
    [Theory]
    [InlineData(null, Code.Skip, Code.Success)]
    [InlineData("n", Code.Success, Code.Success)]
    [InlineData("m", Code.Success, Code.UnschedulableAndUnresolvable)]
    public void NodeName_Pod_GoesWhereItSays(string? name, Code before, Code expected)
    {
        var (plugin, cluster) = (new NodeName(), new SchedulerCache());
        cluster.SetNode(Make.Node("n"));
        var pod = Make.Info("p", node: name);
        var state = new CycleState(cluster, new TypeSlots());
        Assert.Equal(before, plugin.PreFilter(state, pod, cluster).Status.Code);
        if (before == Code.Skip) return;
        var status = plugin.Filter(state, pod, cluster.Find("n")!);
        Assert.Equal(expected, status.Code);
        if (!status.IsSuccess) Assert.Equal("node(s) didn't match the requested node name", status.Message);
    }

    [Theory]
    [InlineData("blue", "red", true)]
    [InlineData("red", "blue", false)]
    [InlineData("blue", "blue", false)]
    [InlineData("blue", null, true)]
    [InlineData("red", null, false)]
    public void NodeAffinity_OfTheProfile_CountsInItsHint(string now, string? before, bool helps)
    {
        var plugin = new NodeAffinityPlugin(new NodeAffinityArgs { AddedAffinity = Team("blue") });
        var change = new ClusterEvent(ClusterEventKind.NodeLabel, Node: Node(now)) { OldNode = before is null ? null : Node(before) };
        Assert.Equal(helps, Assert.Single(plugin.EventsToRegister).Helps!(Make.Info("p"), change));
    }

    [Fact]
    public void Between_Conditions_AreAChange()
    {
        var (old, current) = (Make.Node("n"), Make.Node("n"));
        old.Status.Conditions = [Condition("Ready", "True"), Condition("MemoryPressure", "False")];
        current.Status.Conditions = [Condition("MemoryPressure", "False"), Condition("Ready", "True")];
        Assert.Equal(ClusterEventKind.None, NodeChanges.Between(old, current));
        current.Status.Conditions[0].Status = "True";
        Assert.Equal(ClusterEventKind.NodeCondition, NodeChanges.Between(old, current));
    }

    private static NodeCondition Condition(string type, string status) => new() { Type = type, Status = status };

    private static Node Node(string team) => Make.Node("n", with: node => node.Metadata.Labels!["team"] = team);

    private static NodeAffinity Team(string name) => new()
    {
        RequiredDuringSchedulingIgnoredDuringExecution = new NodeSelector
        {
            NodeSelectorTerms = [new NodeSelectorTerm { MatchExpressions = [new NodeSelectorRequirement { Key = "team", Operator = "In", Values = [name] }] }],
        },
    };
}
