using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Conformance;

/// <summary>Workloads from their creation to their end, through every way to change them.</summary>
public sealed class WorkloadLifecycleTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ApiClient Client => shared.Cluster.Client;

    [Fact]
    public async Task Deployment_PatchedScaledAndDeleted_FollowsEachChange()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await Client.CreateAsync(Labelled(Objects.Deployment(ns, "web", 1)), Ct);
        await RolledOutAsync(ns, "nginx:1", 1);

        await Client.Of<Deployment>().PatchAsync(ns, "web", Patch.StrategicMerge(ImageOf("nginx:2")), Ct);
        await RolledOutAsync(ns, "nginx:2", 1);
        await ScaleAsync("apps", "deployments", ns, "web", 2);
        await RolledOutAsync(ns, "nginx:2", 2);

        var status = await Client.Of<Deployment>().PatchAsync(ns, "web", Patch.Merge(JsonNode.Parse("""{"status":{"readyReplicas":0,"availableReplicas":0}}""")!), "status", Ct);
        Assert.Equal((0, 0), (status.Status.ReadyReplicas, status.Status.AvailableReplicas));
        await Client.Of<Deployment>().DeleteCollectionAsync(ns, null, Chosen, Ct);
        await shared.Cluster.WaitAsync<Deployment>(ns, "web", one => one is null, Limit, Ct);
    }

    [Fact]
    public async Task Deployment_ChangedDuringItsRollout_RollsOverToTheLastChange()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await Client.CreateAsync(Objects.Deployment(ns, "web", 3), Ct);
        await RolledOutAsync(ns, "nginx:1", 3);
        foreach (var image in (string[])["nginx:2", "nginx:3", "nginx:4"])
        {
            await Client.Of<Deployment>().PatchAsync(ns, "web", Patch.StrategicMerge(ImageOf(image)), Ct);
        }
        await RolledOutAsync(ns, "nginx:4", 3);
        await SharedCluster.UntilAsync("the other replica sets are empty", async () =>
            (await Client.Of<ReplicaSet>().ListAsync(ns, Ct)).Items.All(set => (set.Spec.Replicas > 0) == (set.Spec.Template!.Spec!.Containers[0].Image == "nginx:4")));
    }

    [Fact]
    public async Task ReplicaSet_ScaledReplacedAndPatched_HasThatManyPods()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        var template = Objects.Deployment(ns, "web", 1);
        await Client.CreateAsync(Labelled(new ReplicaSet { Metadata = template.Metadata, Spec = new ReplicaSetSpec { Replicas = 1, Selector = template.Spec.Selector, Template = template.Spec.Template } }), Ct);
        await ReadyAsync(1);
        await shared.ChangeAsync<ReplicaSet>(ns, "web", set => set.Spec.Replicas = 2, Ct);
        await ReadyAsync(2);
        await ScaleAsync("apps", "replicasets", ns, "web", 1);
        await ReadyAsync(1);
        var patched = await Client.Of<ReplicaSet>().PatchAsync(
            ns, "web", Patch.StrategicMerge(JsonNode.Parse("""{"metadata":{"labels":{"test-rs":"patched"}},"spec":{"replicas":3}}""")!), Ct);
        Assert.Equal("patched", patched.Metadata.Labels!["test-rs"]);
        await ReadyAsync(3);

        Assert.Single((await Client.Of<ReplicaSet>().ListAsync(ns, Chosen, Ct)).Items);
        await Client.Of<ReplicaSet>().DeleteCollectionAsync(ns, null, Chosen, Ct);
        await shared.Cluster.WaitAsync<ReplicaSet>(ns, "web", one => one is null, Limit, Ct);

        Task ReadyAsync(int count) => shared.Cluster.WaitAsync<ReplicaSet>(ns, "web", set => set?.Status is { } s && s.ReadyReplicas == count && s.Replicas == count, Limit, Ct);
    }

    [Fact]
    public async Task ReplicationController_PatchedScaledAndDeleted_FollowsEachChange()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await Client.CreateAsync(Labelled(Objects.Replicas(ns, "rc", 1)), Ct);
        await ReadyAsync(1);
        await Client.Of<ReplicationController>().PatchAsync(ns, "rc", Patch.StrategicMerge(JsonNode.Parse("""{"metadata":{"labels":{"test-rc":"patched"}}}""")!), Ct);
        var patched = await Client.Of<ReplicationController>().PatchAsync(ns, "rc", Patch.Merge(JsonNode.Parse("""{"status":{"fullyLabeledReplicas":0}}""")!), "status", Ct);
        Assert.Equal("patched", patched.Metadata.Labels!["test-rc"]);
        await ScaleAsync("", "replicationcontrollers", ns, "rc", 2);
        await ReadyAsync(2);
        await shared.ChangeAsync<ReplicationController>(ns, "rc", one => one.Spec.Replicas = 1, Ct);
        await ReadyAsync(1);
        Assert.Single((await Client.Of<ReplicationController>().ListAsync(null, new ListOptions { LabelSelector = "test-rc=patched" }, Ct)).Items);
        await Client.Of<ReplicationController>().DeleteCollectionAsync(ns, null, Chosen, Ct);
        await shared.Cluster.WaitAsync<ReplicationController>(ns, "rc", one => one is null, Limit, Ct);

        Task ReadyAsync(int count) => shared.Cluster.WaitAsync<ReplicationController>(ns, "rc", one => one?.Status is { } s && s.ReadyReplicas == count && s.Replicas == count, Limit, Ct);
    }

    [Fact]
    public async Task StatefulSet_ScaledPatchedAndDeleted_FollowsEachChange()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        var template = Objects.Deployment(ns, "ss", 1);
        await Client.CreateAsync(
            Labelled(new StatefulSet { Metadata = template.Metadata, Spec = new StatefulSetSpec { Replicas = 1, ServiceName = "ss", Selector = template.Spec.Selector, Template = template.Spec.Template } }), Ct);
        await ReadyAsync(1);
        await ScaleAsync("apps", "statefulsets", ns, "ss", 2);
        await ReadyAsync(2);
        await Client.Of<StatefulSet>().PatchAsync(ns, "ss", Patch.StrategicMerge(JsonNode.Parse("""{"metadata":{"labels":{"test-ss":"patched"}}}""")!), Ct);
        Assert.Single((await Client.Of<StatefulSet>().ListAsync(null, new ListOptions { LabelSelector = "test-ss=patched" }, Ct)).Items);
        await Client.Of<StatefulSet>().DeleteCollectionAsync(ns, null, Chosen, Ct);
        await shared.Cluster.WaitAsync<StatefulSet>(ns, "ss", one => one is null, Limit, Ct);

        Task ReadyAsync(int count) => shared.Cluster.WaitAsync<StatefulSet>(ns, "ss", one => one?.Status is { } s && s.ReadyReplicas == count && s.Replicas == count, Limit, Ct);
    }

    [Fact]
    public async Task DaemonSet_WithItsControllerRevisions_KeepsThemInStep()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        var template = Objects.Deployment(ns, "ds", 1);
        await Client.CreateAsync(Labelled(new DaemonSet { Metadata = template.Metadata, Spec = new DaemonSetSpec { Selector = template.Spec.Selector, Template = template.Spec.Template } }), Ct);
        await shared.Cluster.WaitAsync<DaemonSet>(ns, "ds", one => one?.Status is { NumberReady: 1, DesiredNumberScheduled: 1 }, Limit, Ct);
        var revisions = Client.Of<ControllerRevision>();
        var first = Assert.Single(await RevisionsAsync(1));
        var patched = await revisions.PatchAsync(ns, first.Metadata.Name, Patch.Merge(JsonNode.Parse("""{"metadata":{"labels":{"revision":"patched"}}}""")!), Ct);
        Assert.Equal("patched", patched.Metadata.Labels!["revision"]);

        // An old template, which the controller keeps for rollbacks.
        var old = first.DeepClone();
        old.Metadata = new ObjectMeta { Namespace = ns, Name = "ds-old", Labels = first.Metadata.Labels, OwnerReferences = first.Metadata.OwnerReferences };
        old.Data = RawExtension.Parse("""{"spec":{"template":{"$patch":"replace","metadata":{"labels":{"gctest":"ds"}},"spec":{"containers":[{"name":"nginx","image":"nginx:0"}]}}}}""");
        await Client.CreateAsync(old, Ct);
        await RevisionsAsync(2);
        await revisions.DeleteAsync(ns, "ds-old", Ct);
        await RevisionsAsync(1);
        var updated = await shared.ChangeAsync<ControllerRevision>(ns, first.Metadata.Name, one => one.Metadata.Labels!["revision"] = "updated", Ct);

        await Client.Of<DaemonSet>().PatchAsync(ns, "ds", Patch.StrategicMerge(ImageOf("nginx:2")), Ct);
        await RevisionsAsync(2);
        await revisions.DeleteCollectionAsync(ns, null, new ListOptions { LabelSelector = "revision=updated" }, Ct);
        Assert.True(Assert.Single(await RevisionsAsync(1)).Revision > updated.Revision, "the new revision has no higher number");

        await Client.Of<DaemonSet>().DeleteCollectionAsync(ns, null, Chosen, Ct);
        await shared.Cluster.WaitAsync<DaemonSet>(ns, "ds", one => one is null, Limit, Ct);

        async Task<IReadOnlyList<ControllerRevision>> RevisionsAsync(int count)
        {
            IReadOnlyList<ControllerRevision> found = [];
            await SharedCluster.UntilAsync($"{count} revisions", async () =>
                (found = [.. (await revisions.ListAsync(ns, new ListOptions { LabelSelector = "gctest=ds" }, Ct)).Items]).Count == count);
            return found;
        }
    }

    [Fact]
    public async Task Node_PatchedUpdatedAndDeleted_IsGone()
    {
        var nodes = Client.Of<Node>();
        // No pod of another test may land on it.
        var taint = new Taint { Key = "example.com/test", Effect = "NoExecute" };
        await Client.CreateAsync(new Node { Metadata = new ObjectMeta { Name = "fake" }, Spec = new NodeSpec { Unschedulable = true, Taints = [taint] } }, Ct);
        Assert.Equal("fake", (await nodes.GetAsync(null, "fake", Ct)).Metadata.Name);
        await nodes.PatchAsync(null, "fake", Patch.StrategicMerge(JsonNode.Parse("""{"metadata":{"labels":{"fake":"patched"}}}""")!), Ct);
        Assert.Equal("fake", Assert.Single((await nodes.ListAsync(null, new ListOptions { LabelSelector = "fake=patched" }, Ct)).Items).Metadata.Name);
        var updated = await shared.ChangeAsync<Node>(null, "fake", node => node.Metadata.Labels!["fake"] = "updated", Ct);
        Assert.Equal("updated", updated.Metadata.Labels!["fake"]);
        await nodes.DeleteAsync(null, "fake", Ct);
        await shared.Cluster.WaitAsync<Node>(null, "fake", node => node is null, Limit, Ct);
    }

    private static ListOptions Chosen => new() { LabelSelector = "life=test" };

    private static T Labelled<T>(T obj)
        where T : class, IObject<T>
    {
        obj.Metadata.Labels = new() { ["life"] = "test" };
        return obj;
    }

    private static JsonNode ImageOf(string image) =>
        JsonNode.Parse($$"""{"spec":{"template":{"spec":{"containers":[{"name":"nginx","image":"{{image}}"}]} } } }""")!;

    /// <summary>A patch of the scale, then a replacement of it.</summary>
    private async Task ScaleAsync(string group, string resource, string ns, string name, int replicas)
    {
        var client = Client.Dynamic(new GroupVersionResource(group, "v1", resource));
        var scale = await client.PatchAsync(ns, name, Patch.Merge(JsonNode.Parse($$"""{"spec":{"replicas":{{replicas}} } }""")!), "scale", Ct);
        Assert.Equal((replicas, "Scale"), ((int?)scale["spec"]!["replicas"], (string?)scale["kind"]));
        scale = scale.DeepClone().AsObject();
        scale["metadata"]!.AsObject().Remove("resourceVersion");
        Assert.Equal(replicas, (int?)(await client.ReplaceAsync(scale, "scale", null, Ct))["spec"]!["replicas"]);
    }

    private async Task RolledOutAsync(string ns, string image, int replicas) => await shared.Cluster.WaitAsync<Deployment>(
        ns, "web",
        one => one is { } d && d.Status.ObservedGeneration == d.Metadata.Generation && d.Spec.Replicas == replicas && d.Spec.Template!.Spec!.Containers[0].Image == image
            && d.Status is { } s && s.UpdatedReplicas == replicas && s.AvailableReplicas == replicas && s.Replicas == replicas,
        Limit, Ct);
}
