using System.Text;
using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Cluster;

/// <summary>A deployment's life on hollow nodes.</summary>
public sealed class DeploymentTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deployment_OnTwoNodes_BecomesReadyScalesAndRollsOut()
    {
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 2 }, Ct);
        await cluster.Client.Of<Deployment>().CreateAsync(Samples.Deployment(3), Ct);
        await RolledOutAsync(cluster, 3);
        var pods = await PodsAsync(cluster);
        Assert.Equal(["node-1", "node-2"], pods.Select(pod => pod.Spec.NodeName).Distinct().Order());
        Assert.All(pods, pod => Assert.Equal("Running", pod.Status.Phase));

        await PatchAsync(cluster, """{"spec":{"replicas":5}}""");
        await RolledOutAsync(cluster, 5);

        await PatchAsync(cluster, """{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"nginx:2"}]}}}}""");
        var deployment = await RolledOutAsync(cluster, 5);
        Assert.Equal("2", deployment.Metadata.Annotations!["deployment.kubernetes.io/revision"]);
        Assert.All(await PodsAsync(cluster), pod => Assert.Equal("nginx:2", pod.Spec.Containers[0].Image));
    }

    [Fact]
    public async Task Deployment_Deleted_TakesReplicaSetsAndPods()
    {
        await using var cluster = await TestCluster.StartAsync(cancellationToken: Ct);
        await cluster.Client.Of<Deployment>().CreateAsync(Samples.Deployment(2), Ct);
        await RolledOutAsync(cluster, 2);
        var pods = await PodsAsync(cluster);
        var owner = pods[0].Metadata.OwnerReferences![0].Name;

        await cluster.Client.Of<Deployment>().DeleteAsync("default", "web", Ct);

        await cluster.WaitAsync<ReplicaSet>("default", owner, set => set is null, Ct);
        foreach (var pod in pods) await cluster.WaitAsync<Pod>("default", pod.Metadata.Name!, one => one is null, Ct);
    }

    [Fact]
    public async Task Deployment_DeletedWithOrphans_LeavesItsPods()
    {
        await using var cluster = await TestCluster.StartAsync(cancellationToken: Ct);
        await cluster.Client.Of<Deployment>().CreateAsync(Samples.Deployment(1), Ct);
        await RolledOutAsync(cluster, 1);
        var owner = (await PodsAsync(cluster))[0].Metadata.OwnerReferences![0].Name;

        await cluster.Client.Of<Deployment>().DeleteAsync("default", "web", new DeleteOptions { PropagationPolicy = "Orphan" }, Ct);

        await cluster.WaitAsync<Deployment>("default", "web", one => one is null, Ct);
        var set = await cluster.Client.Of<ReplicaSet>().GetAsync("default", owner, Ct);
        Assert.True(set.Metadata.OwnerReferences is null or { Count: 0 });
        Assert.Single(await PodsAsync(cluster));
    }

    private static async Task<Deployment> RolledOutAsync(TestCluster cluster, int replicas) => (await cluster.WaitAsync<Deployment>(
        "default", "web",
        one => one is { } d && d.Status.ObservedGeneration == d.Metadata.Generation && d.Spec.Replicas == replicas
            && d.Status is { } s && s.UpdatedReplicas == replicas && s.AvailableReplicas == replicas && s.Replicas == replicas,
        Ct))!;

    private static async Task<List<Pod>> PodsAsync(TestCluster cluster) =>
        [.. (await cluster.Client.Of<Pod>().ListAsync("default", Ct)).Items.Where(pod => pod.Metadata.DeletionTimestamp is null)];

    private static Task PatchAsync(TestCluster cluster, string patch) => cluster.Client.Of<Deployment>().PatchAsync(
        "default", "web", Patch.Raw(MediaTypes.StrategicMergePatch, Encoding.UTF8.GetBytes(patch)), Ct);
}
