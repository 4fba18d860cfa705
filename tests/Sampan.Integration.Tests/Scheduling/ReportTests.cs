using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Scheduling;

/// <summary>What users are told of a pod's scheduling: events and conditions, in upstream's words.</summary>
public sealed class ReportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pod_ThatIsPlaced_HearsWhere()
    {
        await using var cluster = await StartAsync();
        await CreateAsync(cluster, "p");
        var pod = await cluster.WaitAsync<Pod>("default", "p", p => SchedulingPods.ConditionOf(p, "PodScheduled") is { Status: "True" }, Ct);
        Assert.Equal("simulated-0", pod!.Spec.NodeName);
        await EventAsync(cluster, "p", ("Normal", "Scheduled", "Binding", "Successfully assigned default/p to simulated-0"));
    }

    [Fact]
    public async Task Pod_ThatFitsNowhere_HearsWhy()
    {
        const string why = "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.";
        await using var cluster = await StartAsync();
        await CreateAsync(cluster, "p", p => p.Spec.Containers[0].Resources = new() { Requests = new() { ["cpu"] = Quantity.Parse("1000") } });
        await cluster.WaitAsync<Pod>("default", "p", p => SchedulingPods.ConditionOf(p, "PodScheduled") is { Status: "False", Reason: "Unschedulable", Message: why }, Ct);
        await EventAsync(cluster, "p", ("Warning", "FailedScheduling", "Scheduling", why));
        Assert.Equal(1, SchedulingPods.ConditionOf(await cluster.Client.Of<Pod>().GetAsync("default", "p", Ct), "PodScheduled")!.ObservedGeneration);
    }

    [Fact]
    public async Task Pod_WithGates_IsLeftAloneUntilTheyAreGone()
    {
        await using var cluster = await StartAsync();
        await CreateAsync(cluster, "gated", p => p.Spec.SchedulingGates = [new() { Name = "example.com/quota" }]);
        await CreateAsync(cluster, "next");
        await cluster.WaitAsync<Pod>("default", "next", p => !string.IsNullOrEmpty(p?.Spec.NodeName), Ct);
        var pod = await cluster.Client.Of<Pod>().GetAsync("default", "gated", Ct);
        var condition = SchedulingPods.ConditionOf(pod, "PodScheduled")!;
        Assert.Equal(("False", "SchedulingGated", "Scheduling is blocked due to non-empty scheduling gates"), (condition.Status, condition.Reason, condition.Message));

        var patch = new System.Text.Json.Nodes.JsonObject { ["spec"] = new System.Text.Json.Nodes.JsonObject { ["schedulingGates"] = null } };
        await cluster.Client.Of<Pod>().PatchAsync("default", "gated", Client.Patch.Merge(patch), Ct);
        await cluster.WaitAsync<Pod>("default", "gated", p => SchedulingPods.ConditionOf(p, "PodScheduled") is { Status: "True" }, Ct);
    }

    private static Task<TestCluster> StartAsync() => TestCluster.StartAsync(new() { Nodes = 0, SimulatedNodes = 1 }, Ct);

    private static Task CreateAsync(TestCluster cluster, string name, Action<Pod>? with = null)
    {
        var pod = new Pod { Metadata = new() { Name = name, Namespace = "default" }, Spec = new() { Containers = [new() { Name = "main", Image = "app:1" }] } };
        with?.Invoke(pod);
        return cluster.Client.Of<Pod>().CreateAsync(pod, Ct);
    }

    private static async Task EventAsync(TestCluster cluster, string pod, (string Type, string Reason, string Action, string Message) expected)
    {
        for (var i = 0; i < 600; i++)
        {
            var told = (await cluster.Client.Of<Event>().ListAsync("default", Ct)).Items.FirstOrDefault(e => e.InvolvedObject.Name == pod && e.Message == expected.Message);
            if (told is not null)
            {
                Assert.Equal(expected, (told.Type!, told.Reason!, told.Action!, told.Message!));
                Assert.Equal("default-scheduler", told.ReportingComponent);
                return;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Ct);
        }
        Assert.Fail($"no event {expected.Reason} about {pod}");
    }
}
