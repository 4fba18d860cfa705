using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Scheduling.V1;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Scheduling;

/// <summary>Pods that ask for much of a node, and the classes of their importance.</summary>
internal static class SchedulingPods
{
    /// <summary>What one of the nodes of <see cref="StartAsync"/> has of it.</summary>
    public const string Resource = "example.com/thing";

    /// <summary>A cluster whose nodes have ten things each, told by their label.</summary>
    public static async Task<TestCluster> StartAsync(int nodes, CancellationToken ct)
    {
        var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = nodes }, ct);
        for (var i = 1; i <= nodes; i++) await OfferAsync(cluster, $"node-{i}", 10, ct);
        foreach (var (name, value) in new[] { ("low", 10), ("middle", 100), ("high", 1000) })
        {
            await cluster.Client.CreateAsync(new PriorityClass { Metadata = new ObjectMeta { Name = name }, Value = value }, ct);
        }
        return cluster;
    }

    public static Pod Pod(string name, int things, string? priority = null, Action<Pod>? with = null)
    {
        var amount = new Dictionary<string, Quantity> { [Resource] = new(things) };
        var pod = new Pod
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = name, Labels = new() { ["app"] = name } },
            Spec = new PodSpec
            {
                TerminationGracePeriodSeconds = 0,
                PriorityClassName = priority,
                Containers = [new Container { Name = "main", Image = "nginx:1", Resources = new ResourceRequirements { Requests = things == 0 ? null : amount, Limits = things == 0 ? null : new(amount) } }],
            },
        };
        with?.Invoke(pod);
        return pod;
    }

    public static async Task<Pod> RunAsync(TestCluster cluster, Pod pod, CancellationToken ct)
    {
        await cluster.Client.CreateAsync(pod, ct);
        return (await cluster.WaitAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name!, p => p?.Status.Phase == "Running", ct))!;
    }

    /// <summary>Waits until the scheduler has said why the pod has no node.</summary>
    public static async Task<string> RefusalAsync(TestCluster cluster, Pod pod, CancellationToken ct)
    {
        await cluster.Client.CreateAsync(pod, ct);
        var refused = await cluster.WaitAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name!, p => ConditionOf(p, "PodScheduled") is { Status: "False" }, ct);
        return ConditionOf(refused, "PodScheduled")!.Message!;
    }

    public static PodCondition? ConditionOf(Pod? pod, string type) => pod?.Status.Conditions.OrEmpty().FirstOrDefault(c => c.Type == type);

    private static async Task OfferAsync(TestCluster cluster, string node, int things, CancellationToken ct)
    {
        var offer = new System.Text.Json.Nodes.JsonObject { [Resource] = things.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        var patch = new System.Text.Json.Nodes.JsonObject { ["status"] = new System.Text.Json.Nodes.JsonObject { ["capacity"] = offer, ["allocatable"] = offer.DeepClone() } };
        await cluster.Client.Of<Node>().PatchAsync(null, node, Client.Patch.StrategicMerge(patch), "status", ct);
    }
}
