using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Conformance;

/// <summary>What happens to the objects that an object owns when it is deleted.</summary>
public sealed class GarbageCollectionTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestCluster Cluster => shared.Cluster;

    [Fact]
    public async Task ReplicationController_DeletedInTheBackground_TakesItsPods()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await CreateReplicasAsync(ns, "rc", 2);
        await DeleteAsync<ReplicationController>(ns, "rc", "Background");
        await SharedCluster.UntilAsync("the pods go", async () => (await PodsAsync(ns)).Count == 0);
    }

    [Fact]
    public async Task ReplicationController_Orphaned_LeavesItsPods()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await CreateReplicasAsync(ns, "rc", 10);
        await DeleteAsync<ReplicationController>(ns, "rc", "Orphan");
        await Cluster.WaitAsync<ReplicationController>(ns, "rc", one => one is null, Ct);
        var pods = await PodsAsync(ns);
        Assert.Equal(10, pods.Count);
        Assert.All(pods, pod => Assert.Empty(pod.Metadata.OwnerReferences.OrEmpty()));
    }

    [Fact]
    public async Task ReplicationController_DeletedInTheForeground_StaysUntilItsPodsAreGone()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await CreateReplicasAsync(ns, "rc", 10);
        var held = (await PodsAsync(ns))[0].Metadata.Name;
        await SetFinalizersAsync(ns, held, """["example.com/hold"]""");
        await DeleteAsync<ReplicationController>(ns, "rc", "Foreground");
        await SharedCluster.UntilAsync("only the held pod is left", async () => (await PodsAsync(ns)).Count == 1);
        var waiting = await Cluster.Client.Of<ReplicationController>().GetAsync(ns, "rc", Ct);
        Assert.NotNull(waiting.Metadata.DeletionTimestamp);
        Assert.Contains("foregroundDeletion", waiting.Metadata.Finalizers!);
        await SetFinalizersAsync(ns, held, "null");
        await Cluster.WaitAsync<ReplicationController>(ns, "rc", one => one is null, Ct);
        Assert.Empty(await PodsAsync(ns));
    }

    [Fact]
    public async Task Pods_WithASecondOwnerThatStays_StayToo()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await CreateReplicasAsync(ns, "rc-to-be-deleted", 6);
        var stays = await Cluster.Client.CreateAsync(Objects.Replicas(ns, "rc-to-stay", 0), Ct);
        var shareds = (await PodsAsync(ns)).Take(3).Select(pod => pod.Metadata.Name).ToHashSet();
        foreach (var name in shareds) await AddOwnerAsync(ns, name, stays);

        await DeleteAsync<ReplicationController>(ns, "rc-to-be-deleted", "Foreground");

        await Cluster.WaitAsync<ReplicationController>(ns, "rc-to-be-deleted", one => one is null, Ct);
        var left = await PodsAsync(ns);
        Assert.Equal(shareds.Order(), left.Select(pod => pod.Metadata.Name).Order());
        Assert.All(left, pod => Assert.Equal("rc-to-stay", Assert.Single(pod.Metadata.OwnerReferences!).Name));
        Assert.All(left, pod => Assert.Null(pod.Metadata.DeletionTimestamp));
    }

    [Fact]
    public async Task Pods_InACircleOfOwners_AreNotBlockedByIt()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        var pods = new List<Pod>();
        foreach (var name in (string[])["pod1", "pod2", "pod3"]) pods.Add(await Cluster.Client.CreateAsync(Objects.Pod(ns, name), Ct));
        for (var i = 0; i < 3; i++) await AddOwnerAsync(ns, pods[i].Metadata.Name, pods[(i + 2) % 3], "Pod");
        await DeleteAsync<Pod>(ns, "pod1", "Foreground");
        await SharedCluster.UntilAsync("all go", async () => (await PodsAsync(ns)).Count == 0);
    }

    [Fact]
    public async Task Deployment_DeletedInTheBackground_TakesItsReplicaSets()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await CreateDeploymentAsync(ns);
        await DeleteAsync<Deployment>(ns, "web", "Background");
        await SharedCluster.UntilAsync("all go", async () =>
            (await Cluster.Client.Of<ReplicaSet>().ListAsync(ns, Ct)).Items.Count == 0 && (await PodsAsync(ns)).Count == 0);
    }

    [Fact]
    public async Task Deployment_Orphaned_LeavesItsReplicaSet()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await CreateDeploymentAsync(ns);
        await DeleteAsync<Deployment>(ns, "web", "Orphan");
        await Cluster.WaitAsync<Deployment>(ns, "web", one => one is null, Ct);
        var set = Assert.Single((await Cluster.Client.Of<ReplicaSet>().ListAsync(ns, Ct)).Items);
        Assert.Empty(set.Metadata.OwnerReferences.OrEmpty());
        Assert.Equal(2, (await PodsAsync(ns)).Count);
    }

    private async Task CreateReplicasAsync(string ns, string name, int replicas)
    {
        await Cluster.Client.CreateAsync(Objects.Replicas(ns, name, replicas), Ct);
        await Cluster.WaitAsync<ReplicationController>(ns, name, one => one?.Status.Replicas == replicas, Ct);
    }

    private async Task CreateDeploymentAsync(string ns)
    {
        await Cluster.Client.CreateAsync(Objects.Deployment(ns, "web", 2), Ct);
        await Cluster.WaitAsync<Deployment>(ns, "web", one => one?.Status.Replicas == 2, Ct);
    }

    private async Task DeleteAsync<T>(string ns, string name, string policy)
        where T : class, IObject<T>
    {
        var uid = (await Cluster.Client.Of<T>().GetAsync(ns, name, Ct)).Metadata.Uid;
        await Cluster.Client.Of<T>().DeleteAsync(ns, name, new DeleteOptions { PropagationPolicy = policy, Preconditions = new() { Uid = uid } }, Ct);
    }

    private async Task<IReadOnlyList<Pod>> PodsAsync(string ns) => (await Cluster.Client.Of<Pod>().ListAsync(ns, Ct)).Items;

    private Task SetFinalizersAsync(string ns, string pod, string finalizers) =>
        Cluster.Client.Of<Pod>().PatchAsync(ns, pod, Patch.Merge(JsonNode.Parse($$"""{"metadata":{"finalizers":{{finalizers}} } }""")!), Ct);

    private Task AddOwnerAsync(string ns, string pod, IObject owner, string kind = "ReplicationController") => Cluster.Client.Of<Pod>().PatchAsync(
        ns, pod,
        Patch.StrategicMerge(JsonNode.Parse($$"""{"metadata":{"ownerReferences":[{"apiVersion":"v1","kind":"{{kind}}","name":"{{owner.Metadata.Name}}","uid":"{{owner.Metadata.Uid}}"}] } }""")!), Ct);
}
