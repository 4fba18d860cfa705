using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Cluster;

public sealed class TestClusterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Namespace_Deleted_TakesAllItHolds()
    {
        await using var cluster = await TestCluster.StartAsync(cancellationToken: Ct);
        await cluster.Client.CreateAsync(Samples.Namespace("team"), Ct);
        await cluster.WaitAsync<ServiceAccount>("team", "default", account => account is not null, Ct);
        await cluster.Client.CreateAsync(Samples.Deployment(2, "team"), Ct);
        await cluster.WaitAsync<Deployment>("team", "web", d => d?.Status.ReadyReplicas == 2, Ct);

        await cluster.Client.Of<Namespace>().DeleteAsync(null, "team", Ct);

        await cluster.WaitAsync<Namespace>(null, "team", ns => ns is null, Ct);
        Assert.Empty((await cluster.Client.Of<Pod>().ListAsync("team", Ct)).Items);
        Assert.Empty((await cluster.Client.Of<ReplicaSet>().ListAsync("team", Ct)).Items);
        Assert.Empty((await cluster.Client.Of<ServiceAccount>().ListAsync("team", Ct)).Items);
    }

    [Fact]
    public async Task Pod_TooLargeForAnyNode_IsRefusedWithTheReason()
    {
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 2 }, Ct);
        await cluster.Client.CreateAsync(Samples.Pod("large", cpu: "1000"), Ct);

        var pod = await cluster.WaitAsync<Pod>("default", "large", p => Scheduled(p) is not null, Ct);

        var condition = Scheduled(pod)!;
        Assert.Equal("False", condition.Status);
        Assert.Equal("Unschedulable", condition.Reason);
        Assert.Contains("0/2 nodes are available: 2 Insufficient cpu.", condition.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pod_OnlyForNodesOfALabel_GoesThere()
    {
        await using var cluster = await TestCluster.StartAsync(
            new TestClusterOptions
            {
                Nodes = 2,
                ConfigureNode = node => node with { NodeLabels = new Dictionary<string, string> { ["disk"] = node.NodeName == "node-2" ? "fast" : "slow" } },
            },
            Ct);
        var pod = Samples.Pod("picky");
        pod.Spec.NodeSelector = new() { ["disk"] = "fast" };
        await cluster.Client.CreateAsync(pod, Ct);

        var running = await cluster.WaitAsync<Pod>("default", "picky", p => p?.Status.Phase == "Running", Ct);

        Assert.Equal("node-2", running!.Spec.NodeName);
    }

    [Fact]
    public async Task Watch_SeesEveryWriteInOrder()
    {
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 0 }, Ct);
        var maps = cluster.Client.Of<ConfigMap>();
        var start = (await maps.ListAsync("default", Ct)).ResourceVersion;
        var created = await maps.CreateAsync(Samples.ConfigMap("settings"), Ct);
        var changed = created.DeepClone();
        changed.Data!["key"] = "other";
        await maps.UpdateAsync(changed, Ct);
        await maps.DeleteAsync("default", "settings", Ct);

        var seen = new List<(WatchEventType, string)>();
        await foreach (var change in maps.WatchAsync("default", new ListOptions { ResourceVersion = start, FieldSelector = "metadata.name=settings" }, Ct))
        {
            seen.Add((change.Type, change.Object.Data!["key"]));
            if (seen.Count == 3) break;
        }

        Assert.Equal([(WatchEventType.Added, "value"), (WatchEventType.Modified, "other"), (WatchEventType.Deleted, "other")], seen);
    }

    [Fact]
    public async Task Cluster_RestartedInItsDirectory_FindsEverything()
    {
        var directory = Directory.CreateTempSubdirectory("sampan-restart-").FullName;
        try
        {
            var options = new TestClusterOptions { Directory = directory };
            string uid;
            await using (var first = await TestCluster.StartAsync(options, Ct))
            {
                await first.Client.CreateAsync(Samples.Deployment(2), Ct);
                uid = (await first.WaitAsync<Deployment>("default", "web", d => d?.Status.ReadyReplicas == 2, Ct))!.Metadata.Uid!;
            }

            await using var second = await TestCluster.StartAsync(options, Ct);
            var found = await second.WaitAsync<Deployment>("default", "web", d => d?.Status.ReadyReplicas == 2, Ct);
            Assert.Equal(uid, found!.Metadata.Uid);
            Assert.Single((await second.Client.Of<ReplicaSet>().ListAsync("default", Ct)).Items);
            Assert.Equal(2, (await second.Client.Of<Pod>().ListAsync("default", Ct)).Items.Count);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Listener_WithItsKubeconfig_ServesOtherProcesses()
    {
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 0, Listen = true }, Ct);
        await using var remote = new ApiClient(Kubeconfig.Parse(cluster.Kubeconfig).ToClientConfig());
        await remote.CreateAsync(Samples.ConfigMap("settings"), Ct);
        Assert.Equal("value", (await cluster.Client.Of<ConfigMap>().GetAsync("default", "settings", Ct)).Data!["key"]);
    }

    [Fact]
    public async Task ClientFor_WithoutPermission_IsForbidden()
    {
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 0 }, Ct);
        var refusal = await Assert.ThrowsAsync<Api.StatusException>(() => cluster.ClientFor("jane").Of<Pod>().ListAsync("default", Ct));
        Assert.Equal("Forbidden", refusal.Status.Reason);
    }

    [Fact]
    public async Task WaitAsync_OfWhatDoesNotHappen_SaysWhatThereIs()
    {
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 0, Controllers = false, Scheduler = false }, Ct);
        await cluster.Client.CreateAsync(Samples.ConfigMap("settings"), Ct);
        var timeout = await Assert.ThrowsAsync<TimeoutException>(
            () => cluster.WaitAsync<ConfigMap>("default", "settings", map => map is null, TimeSpan.FromMilliseconds(50), Ct));
        Assert.Contains("\"key\":\"value\"", timeout.Message, StringComparison.Ordinal);
    }

    private static PodCondition? Scheduled(Pod? pod) => pod?.Status.Conditions?.Find(condition => condition.Type == "PodScheduled");
}
