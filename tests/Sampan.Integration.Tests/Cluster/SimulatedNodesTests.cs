using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Simulated;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Cluster;

public sealed class SimulatedNodesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SimulatedNodes_Pods_LiveAsTheirAnnotationsSay()
    {
        await using var cluster = await TestCluster.StartAsync(new() { Nodes = 0, SimulatedNodes = 5 }, Ct);
        await CreateAsync(cluster, "plain");
        await CreateAsync(cluster, "job", "Never", (SimulationAnnotations.RunFor, "20ms"));
        await CreateAsync(cluster, "broken", "Never", (SimulationAnnotations.RunFor, "20ms"), (SimulationAnnotations.ExitCode, "3"));
        await CreateAsync(cluster, "crashing", "Always", (SimulationAnnotations.RunFor, "20ms"));
        await CreateAsync(cluster, "pulling", "Always", (SimulationAnnotations.FailStart, "ImagePullBackOff"));

        var plain = await cluster.WaitAsync<Pod>("default", "plain", p => IsReady(p), Ct);
        Assert.StartsWith("240.", plain!.Status.PodIP, StringComparison.Ordinal);
        await cluster.WaitAsync<Pod>("default", "job", p => p?.Status.Phase == "Succeeded", Ct);
        var broken = await cluster.WaitAsync<Pod>("default", "broken", p => p?.Status.Phase == "Failed", Ct);
        Assert.Equal(3, broken!.Status.ContainerStatuses![0].State.Terminated!.ExitCode);
        await cluster.WaitAsync<Pod>("default", "crashing", p => p?.Status.ContainerStatuses?[0].State.Waiting?.Reason == "CrashLoopBackOff", Ct);
        await cluster.WaitAsync<Pod>("default", "pulling", p => p?.Status.ContainerStatuses?[0].State.Waiting?.Reason == "ImagePullBackOff", Ct);

        await cluster.Client.Of<Pod>().DeleteAsync("default", "plain", Ct);
        await cluster.WaitAsync<Pod>("default", "plain", p => p is null, Ct);
    }

    [Fact]
    public async Task SimulatedNodes_NodeMarkedAsSimulated_IsTakenOver()
    {
        await using var cluster = await TestCluster.StartAsync(new() { Nodes = 0, SimulatedNodes = 1 }, Ct);
        var added = new Node
        {
            Metadata = new() { Name = "added", Annotations = new() { [SimulationAnnotations.Node] = "true" } },
            Status = new() { Capacity = new() { ["cpu"] = Quantity.Parse("3"), ["memory"] = Quantity.Parse("4Gi"), ["pods"] = Quantity.Parse("7") } },
        };
        await cluster.Client.Of<Node>().CreateAsync(added, Ct);
        var ready = await cluster.WaitAsync<Node>(null, "added", n => n?.Status.Conditions?.Any(c => c is { Type: "Ready", Status: "True" }) == true, Ct);
        Assert.Equal("3", ready!.Status.Allocatable!["cpu"].ToString());
    }

    private static bool IsReady(Pod? pod) => pod?.Status.Conditions?.Any(c => c is { Type: "Ready", Status: "True" }) == true;

    private static Task CreateAsync(TestCluster cluster, string name, string restartPolicy = "Always", params (string Key, string Value)[] annotations) =>
        cluster.Client.Of<Pod>().CreateAsync(
            new Pod
            {
                Metadata = new() { Name = name, Namespace = "default", Annotations = annotations.ToDictionary(a => a.Key, a => a.Value) },
                Spec = new() { RestartPolicy = restartPolicy, Containers = [new() { Name = "main", Image = "app:1" }] },
            },
            Ct);
}
