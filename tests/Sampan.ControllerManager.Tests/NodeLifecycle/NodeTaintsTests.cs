using Sampan.Api.Core.V1;
using Sampan.ControllerManager.NodeLifecycle;

namespace Sampan.ControllerManager.Tests.NodeLifecycle;

/// <summary>Taints by conditions: "Type=Status" of a node, its taints before, and what they have to be; short names of node.kubernetes.io's.</summary>
public sealed class NodeTaintsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("healthy", "Ready=True", "", null, "")]
    [InlineData("no network", "Ready=True NetworkUnavailable=True", "", null, "network-unavailable:NoSchedule")]
    [InlineData("two pressures", "Ready=True MemoryPressure=True DiskPressure=True", "", null, "memory-pressure:NoSchedule disk-pressure:NoSchedule")]
    [InlineData("pids", "Ready=True PIDPressure=True", "", null, "pid-pressure:NoSchedule")]
    [InlineData("a pressure nobody knows of", "Ready=True MemoryPressure=Unknown", "", null, "")]
    [InlineData("a pressure ends", "Ready=True MemoryPressure=False", "memory-pressure:NoSchedule", null, "")]
    [InlineData("one pressure becomes another", "Ready=True DiskPressure=True", "memory-pressure:NoSchedule", null, "disk-pressure:NoSchedule")]
    [InlineData("not ready", "Ready=False", "", "not-ready", "not-ready:NoSchedule not-ready:NoExecute")]
    [InlineData("not ready, not its turn", "Ready=False", "", null, "not-ready:NoSchedule")]
    [InlineData("not ready any more, now unknown", "Ready=Unknown", "not-ready:NoSchedule not-ready:NoExecute", "unreachable", "unreachable:NoSchedule unreachable:NoExecute")]
    [InlineData("unknown, now known as not ready", "Ready=False", "unreachable:NoSchedule unreachable:NoExecute", "not-ready", "not-ready:NoSchedule not-ready:NoExecute")]
    [InlineData("ready again", "Ready=True", "unreachable:NoSchedule unreachable:NoExecute", null, "")]
    [InlineData("others' taints stay", "Ready=True", "mine:NoExecute not-ready:PreferNoSchedule memory-pressure:NoExecute", null, "mine:NoExecute not-ready:PreferNoSchedule memory-pressure:NoExecute")]
    [InlineData("never heard of", "", "not-ready:NoSchedule", null, "")]
    public void Wanted_Conditions_AreTheirTaints(string what, string conditions, string before, string? execute, string expected)
    {
        var node = new Node { Spec = new() { Taints = [.. Split(before).Select(TaintOf)] } };
        node.Status.Conditions = [.. Split(conditions).Select(c => new NodeCondition { Type = c.Split('=')[0], Status = c.Split('=')[1] })];
        var wanted = NodeTaints.Wanted(node, execute is null ? null : Name(execute), Now);
        Assert.True(Split(expected).Select(TaintOf).Select(t => (t.Key, t.Effect)).SequenceEqual(wanted.Select(t => (t.Key, t.Effect))), $"{what}: {string.Join(' ', wanted.Select(t => $"{t.Key}:{t.Effect}"))}");
    }

    [Fact]
    public void Wanted_TaintThatIsThere_KeepsItsTime()
    {
        var node = new Node { Spec = new() { Unschedulable = true, Taints = [TaintOf("unschedulable:NoSchedule")] } };
        node.Spec.Taints![0].TimeAdded = Now.AddHours(-1);
        Assert.Equal(Now.AddHours(-1), Assert.Single(NodeTaints.Wanted(node, null, Now)).TimeAdded!.Value.Value);
        node.Spec.Unschedulable = false;
        Assert.Empty(NodeTaints.Wanted(node, null, Now));
    }

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Name(string text) => text == "mine" ? text : $"node.kubernetes.io/{text}";

    private static Taint TaintOf(string text) => new() { Key = Name(text.Split(':')[0]), Effect = text.Split(':')[1] };
}
