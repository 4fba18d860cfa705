using Sampan.Api.Core.V1;
using Sampan.Client;

namespace Sampan.Integration.Tests.Scheduling;

/// <summary>Where pods may run, seen through the API.</summary>
public sealed class PredicateTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pod_LargerThanWhatIsLeft_WaitsUntilThereIsRoom()
    {
        await using var cluster = await SchedulingPods.StartAsync(1, Ct);
        await SchedulingPods.RunAsync(cluster, SchedulingPods.Pod("first", 7), Ct);
        var refusal = await SchedulingPods.RefusalAsync(cluster, SchedulingPods.Pod("second", 7), Ct);
        Assert.StartsWith("0/1 nodes are available: 1 Insufficient example.com/thing. ", refusal, StringComparison.Ordinal);

        await cluster.Client.Of<Pod>().DeleteAsync("default", "first", Ct);
        await cluster.WaitAsync<Pod>("default", "second", pod => pod?.Status.Phase == "Running", Ct);
    }

    [Fact]
    public async Task Pod_WithANodeSelector_RunsWhereTheLabelIs()
    {
        await using var cluster = await SchedulingPods.StartAsync(2, Ct);
        await LabelAsync(cluster, "node-2", "42");
        var pod = SchedulingPods.Pod("picky", 0, with: p => p.Spec.NodeSelector = new() { ["example.com/label"] = "42" });
        Assert.Equal("node-2", (await SchedulingPods.RunAsync(cluster, pod, Ct)).Spec.NodeName);
    }

    [Fact]
    public async Task Pod_WhoseNodeSelectorMatchesNothing_WaitsUntilItDoes()
    {
        await using var cluster = await SchedulingPods.StartAsync(1, Ct);
        var refusal = await SchedulingPods.RefusalAsync(cluster, SchedulingPods.Pod("picky", 0, with: p => p.Spec.NodeSelector = new() { ["example.com/label"] = "none" }), Ct);
        Assert.Equal(
            "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.",
            refusal);
        await LabelAsync(cluster, "node-1", "none");
        await cluster.WaitAsync<Pod>("default", "picky", pod => pod?.Status.Phase == "Running", Ct);
    }

    [Fact]
    public async Task Pod_WithAHostPortOfAnyAddress_ConflictsWithOneOfAnAddress()
    {
        await using var cluster = await SchedulingPods.StartAsync(1, Ct);
        await SchedulingPods.RunAsync(cluster, SchedulingPods.Pod("first", 0, with: WithPort("127.0.0.1")), Ct);
        var refusal = await SchedulingPods.RefusalAsync(cluster, SchedulingPods.Pod("second", 0, with: WithPort("0.0.0.0")), Ct);
        Assert.StartsWith("0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports. ", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pods_WithOneHostPortOfOtherAddressesAndProtocols_ShareANode()
    {
        await using var cluster = await SchedulingPods.StartAsync(1, Ct);
        await SchedulingPods.RunAsync(cluster, SchedulingPods.Pod("first", 0, with: WithPort("127.0.0.1")), Ct);
        await SchedulingPods.RunAsync(cluster, SchedulingPods.Pod("second", 0, with: WithPort("127.0.0.2")), Ct);
        await SchedulingPods.RunAsync(cluster, SchedulingPods.Pod("third", 0, with: WithPort("127.0.0.1", "UDP")), Ct);
    }

    private static Action<Pod> WithPort(string address, string protocol = "TCP") =>
        pod => pod.Spec.Containers[0].Ports = [new ContainerPort { ContainerPortValue = 80, HostPort = 54321, HostIP = address, Protocol = protocol }];

    private static Task LabelAsync(Testing.TestCluster cluster, string node, string value) => cluster.Client.Of<Node>().PatchAsync(null, node,
        Patch.Merge(new System.Text.Json.Nodes.JsonObject { ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["labels"] = new System.Text.Json.Nodes.JsonObject { ["example.com/label"] = value } } }), Ct);
}
