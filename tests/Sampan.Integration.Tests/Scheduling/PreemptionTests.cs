using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Scheduling.V1;
using Sampan.Client;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Scheduling;

/// <summary>Important pods take the place of others, seen through the API.</summary>
public sealed class PreemptionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pod_OfHighPriority_TakesThePlaceOfTheLowestOnly()
    {
        await using var cluster = await SchedulingPods.StartAsync(2, Ct);
        var low = await SchedulingPods.RunAsync(cluster, SchedulingPods.Pod("low", 8, "low"), Ct);
        var middle = await SchedulingPods.RunAsync(cluster, SchedulingPods.Pod("middle", 8, "middle"), Ct);

        var high = await SchedulingPods.RunAsync(cluster, SchedulingPods.Pod("high", 6, "high"), Ct);

        Assert.Equal(low.Spec.NodeName, high.Spec.NodeName);
        await cluster.WaitAsync<Pod>("default", "low", pod => pod is null, Ct);
        Assert.Equal(middle.Metadata.Uid, (await cluster.Client.Of<Pod>().GetAsync("default", "middle", Ct)).Metadata.Uid);
        await EventAsync(cluster, "low", "Preempted", $"Preempted by pod {high.Metadata.Uid} on node {high.Spec.NodeName}");
    }

    [Fact]
    public async Task Pod_SystemCritical_TakesThePlaceOfAnother()
    {
        await using var cluster = await SchedulingPods.StartAsync(1, Ct);
        await SchedulingPods.RunAsync(cluster, SchedulingPods.Pod("low", 8, "low"), Ct);
        var critical = SchedulingPods.Pod("critical", 8, "system-cluster-critical", pod => pod.Metadata.Namespace = "kube-system");
        Assert.Equal("node-1", (await SchedulingPods.RunAsync(cluster, critical, Ct)).Spec.NodeName);
        await cluster.WaitAsync<Pod>("default", "low", pod => pod is null, Ct);
    }

    [Fact]
    public async Task Victim_WithAFinalizer_IsMarkedAsDisrupted()
    {
        await using var cluster = await SchedulingPods.StartAsync(1, Ct);
        await SchedulingPods.RunAsync(cluster, SchedulingPods.Pod("victim", 8, "low", pod => pod.Metadata.Finalizers = ["example.com/stay"]), Ct);
        await cluster.Client.CreateAsync(SchedulingPods.Pod("high", 8, "high"), Ct);

        var victim = await cluster.WaitAsync<Pod>("default", "victim", pod => pod?.Metadata.DeletionTimestamp is not null, Ct);
        var condition = SchedulingPods.ConditionOf(victim, "DisruptionTarget")!;
        Assert.Equal(("True", "PreemptionByScheduler", "default-scheduler: preempting to accommodate a higher priority pod"), (condition.Status, condition.Reason, condition.Message));

        // The promise of the place lasts until the victim's containers have ended, which may be at once.
        await cluster.WaitAsync<Pod>("default", "high", pod => pod?.Status.NominatedNodeName == "node-1" || pod?.Spec.NodeName == "node-1", Ct);

        await cluster.Client.Of<Pod>().PatchAsync("default", "victim", Patch.Merge(new System.Text.Json.Nodes.JsonObject { ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["finalizers"] = null } }), Ct);
        await cluster.WaitAsync<Pod>("default", "high", pod => pod?.Status.Phase == "Running", Ct);
    }

    [Fact]
    public async Task Pod_ThatMayNotPreempt_Waits()
    {
        await using var cluster = await SchedulingPods.StartAsync(1, Ct);
        await cluster.Client.CreateAsync(new PriorityClass { Metadata = new ObjectMeta { Name = "patient" }, Value = 5000, PreemptionPolicy = "Never" }, Ct);
        await SchedulingPods.RunAsync(cluster, SchedulingPods.Pod("low", 8, "low"), Ct);
        Assert.Equal(
            "0/1 nodes are available: 1 Insufficient example.com/thing. no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.",
            await SchedulingPods.RefusalAsync(cluster, SchedulingPods.Pod("patient", 8, "patient"), Ct));
    }

    [Fact]
    public async Task ReplicaSets_OfRisingPriority_PushEachOtherOut()
    {
        await using var cluster = await SchedulingPods.StartAsync(1, Ct);
        // Ten places: five and five are taken, then the important ones need six of them.
        await ReplicaSetAsync(cluster, "first", 5, "low", 5);
        await ReplicaSetAsync(cluster, "second", 5, "middle", 5);
        await ReplicaSetAsync(cluster, "third", 6, "high", 6);
        await cluster.WaitAsync<ReplicaSet>("default", "first", set => set?.Status.ReadyReplicas == 0, Ct);
        await cluster.WaitAsync<ReplicaSet>("default", "second", set => set?.Status.ReadyReplicas == 4, Ct);
    }

    [Fact]
    public async Task PriorityClasses_AllVerbs_ValueIsFixed()
    {
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 0, Controllers = false, Scheduler = false }, Ct);
        var classes = cluster.Client.Of<PriorityClass>();
        foreach (var (name, value) in new[] { ("p1", 1), ("p2", 2) })
        {
            await classes.CreateAsync(new PriorityClass { Metadata = new ObjectMeta { Name = name, Labels = new() { ["set"] = "test" } }, Value = value }, Ct);
        }
        var listed = await classes.ListAsync(null, new ListOptions { LabelSelector = "set=test" }, Ct);
        Assert.Equal(["p1", "p2"], listed.Items.Select(c => c.Metadata.Name).Order());

        var changed = (await classes.GetAsync(null, "p1", Ct)).DeepClone();
        changed.Value = 10;
        var refusal = await Assert.ThrowsAsync<Sampan.Api.StatusException>(() => classes.UpdateAsync(changed, Ct));
        Assert.Contains("may not be changed in an update", refusal.Message, StringComparison.Ordinal);
        var described = await classes.PatchAsync(null, "p2", Patch.Merge(new System.Text.Json.Nodes.JsonObject { ["description"] = "second" }), Ct);
        Assert.Equal("second", described.Description);

        foreach (var name in new[] { "p1", "p2" }) await classes.DeleteAsync(null, name, Ct);
        Assert.Null(await classes.FindAsync(null, "p1", Ct));
    }

    private static async Task ReplicaSetAsync(TestCluster cluster, string name, int replicas, string priority, int ready)
    {
        var pod = SchedulingPods.Pod(name, 1, priority);
        await cluster.Client.CreateAsync(new ReplicaSet
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = name },
            Spec = new ReplicaSetSpec
            {
                Replicas = replicas,
                Selector = new LabelSelector { MatchLabels = pod.Metadata.Labels },
                Template = new PodTemplateSpec { Metadata = new ObjectMeta { Labels = pod.Metadata.Labels }, Spec = pod.Spec },
            },
        }, Ct);
        await cluster.WaitAsync<ReplicaSet>("default", name, set => set?.Status.ReadyReplicas == ready, TimeSpan.FromSeconds(90), Ct);
    }

    private static async Task EventAsync(TestCluster cluster, string pod, string reason, string message)
    {
        for (var i = 0; i < 300; i++)
        {
            var events = await cluster.Client.Of<Event>().ListAsync("default", Ct);
            if (events.Items.Any(e => e.InvolvedObject.Name == pod && e.Reason == reason && e.Message == message)) return;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Ct);
        }
        Assert.Fail($"no event {reason} about {pod}");
    }
}
