using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Policy.V1;
using Sampan.Client;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Conformance;

/// <summary>Workloads through their lives, with the controllers and a node that act on them.</summary>
public sealed class WorkloadTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestCluster Cluster => shared.Cluster;

    [Theory]
    [InlineData("apps", "deployments", "Deployment")]
    [InlineData("apps", "replicasets", "ReplicaSet")]
    [InlineData("apps", "statefulsets", "StatefulSet")]
    [InlineData("", "replicationcontrollers", "ReplicationController")]
    public async Task Scale_ReadUpdatedAndPatched_IsFollowed(string group, string resource, string kind)
    {
        var workload = await NewAsync(group, resource, kind, 1);
        Assert.Equal(1, await workload.ScaleAsync());
        await workload.ScaleToAsync(2);
        Assert.Equal(2, await workload.ScaleAsync());
        await workload.RunsAsync(2);
        await workload.PatchAsync("""{"spec":{"replicas":4}}""", "scale");
        Assert.Equal(4, (int?)(await workload.GetAsync())["spec"]!["replicas"]);
        await workload.RunsAsync(4);
    }

    [Theory]
    [InlineData("apps", "deployments", "Deployment")]
    [InlineData("apps", "replicasets", "ReplicaSet")]
    [InlineData("", "replicationcontrollers", "ReplicationController")]
    public async Task Workload_ThroughItsLife_IsChangedListedAndDeleted(string group, string resource, string kind)
    {
        var workload = await NewAsync(group, resource, kind, 1);
        var name = $"test-{resource}";
        await workload.UpdateAsync(w => w["spec"]!["replicas"] = 2);
        await workload.RunsAsync(2);
        await workload.PatchAsync("""
            {"metadata":{"labels":{"test":"patched"}},
             "spec":{"replicas":3,"template":{"spec":{"terminationGracePeriodSeconds":0,"containers":[{"name":"web","image":"nginx:2"}]}}}}
            """);
        await workload.RunsAsync(3);
        var patched = await workload.PatchAsync("""{"status":{"conditions":[{"type":"StatusPatched","status":"True"}]}}""", "status");
        Assert.Contains(patched["status"]!["conditions"]!.AsArray(), c => (string?)c!["type"] == "StatusPatched");

        var client = Cluster.Client.Dynamic(new GroupVersionResource(group, "v1", resource));
        var chosen = new ListOptions { LabelSelector = $"set={name},test=patched" };
        var listed = Assert.Single((await client.ListAsync(null, chosen, Ct)).Items);
        Assert.Equal("nginx:2", (string?)listed["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]);
        var ns = (string)listed["metadata"]!["namespace"]!;
        await client.DeleteCollectionAsync(ns, new DeleteOptions { PropagationPolicy = "Background" }, chosen, Ct);
        Assert.Empty((await client.ListAsync(ns, chosen, Ct)).Items);
        await SharedCluster.UntilAsync("its pods go", async () => (await Cluster.Client.Of<Pod>().ListAsync(ns, Ct)).Items.Count == 0);
    }

    [Fact]
    public async Task Deployment_ChangedBeforeItsRolloutEnds_RollsOver()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await Cluster.Client.CreateAsync(Objects.Deployment(ns, "web", 2), Ct);
        await CompleteAsync(ns, "nginx:1");
        await PatchImageAsync(ns, "nginx:2", new JsonObject { ["no"] = "where" });
        await SharedCluster.UntilAsync("pods of the second revision wait for a node", async () =>
            (await Cluster.Client.Of<Pod>().ListAsync(ns, Ct)).Items.Any(pod => pod.Spec.Containers[0].Image == "nginx:2"));
        await PatchImageAsync(ns, "nginx:3", null);
        await CompleteAsync(ns, "nginx:3");
        var sets = (await Cluster.Client.Of<ReplicaSet>().ListAsync(ns, Ct)).Items;
        Assert.Equal(["nginx:1 0", "nginx:2 0", "nginx:3 2"], sets.Select(s => $"{s.Spec.Template.Spec.Containers[0].Image} {s.Spec.Replicas}").Order());
    }

    [Fact]
    public async Task ControllerRevisions_ListedChangedAndDeleted_AreMadeAgainForANewTemplate()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        var template = Objects.Deployment(ns, "agent", 1).Spec;
        await Cluster.Client.CreateAsync(new DaemonSet { Metadata = new() { Namespace = ns, Name = "agent" }, Spec = new() { Selector = template.Selector, Template = template.Template } }, Ct);
        await Cluster.WaitAsync<DaemonSet>(ns, "agent", set => set?.Status.NumberReady == 1, Ct);
        var revisions = Cluster.Client.Of<ControllerRevision>();
        var first = Assert.Single(await RevisionsAsync(ns));
        var patched = await revisions.PatchAsync(ns, first.Metadata.Name, Patch.Merge(JsonNode.Parse("""{"metadata":{"labels":{"first":"patched"}}}""")!), Ct);
        Assert.Equal("patched", patched.Metadata.Labels!["first"]);

        var second = first.DeepClone();
        second.Metadata = new ObjectMeta { Namespace = ns, Name = "agent-second", Labels = new(first.Metadata.Labels!), OwnerReferences = first.Metadata.OwnerReferences };
        second.Revision++;
        await revisions.CreateAsync(second, Ct);
        Assert.Equal(2, (await RevisionsAsync(ns)).Count);
        await revisions.DeleteAsync(ns, first.Metadata.Name, Ct);
        await PatchAgentAsync(ns, "nginx:2");
        await SharedCluster.UntilAsync("a revision of the new template", async () => (await RevisionsAsync(ns)).Exists(r => r.Revision == 3));

        var updated = (await revisions.GetAsync(ns, "agent-second", Ct)).DeepClone();
        updated.Metadata.Labels!["second"] = "updated";
        await revisions.UpdateAsync(updated, Ct);
        await revisions.DeleteCollectionAsync(ns, null, new ListOptions { LabelSelector = "second=updated" }, Ct);
        Assert.Equal(3, Assert.Single(await RevisionsAsync(ns)).Revision);
    }

    [Fact]
    public async Task Eviction_ForbiddenByTheBudget_IsAllowedOnceTheBudgetIsChanged()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await Cluster.Client.CreateAsync(Objects.Deployment(ns, "web", 1), Ct);
        await CompleteAsync(ns, "nginx:1");
        await Cluster.Client.CreateAsync(
            new PodDisruptionBudget
            {
                Metadata = new() { Namespace = ns, Name = "budget" },
                Spec = new() { MinAvailable = 1, Selector = new LabelSelector { MatchLabels = new() { ["gctest"] = "web" } } },
            },
            Ct);
        await Cluster.WaitAsync<PodDisruptionBudget>(ns, "budget", b => b?.Status.CurrentHealthy == 1, Ct);
        var pod = (await Cluster.Client.Of<Pod>().ListAsync(ns, Ct)).Items[0].Metadata.Name;
        Assert.Equal(429, (await Assert.ThrowsAsync<StatusException>(() => EvictAsync(ns, pod))).Code);

        await Cluster.Client.Of<PodDisruptionBudget>().PatchAsync(ns, "budget", Patch.Merge(JsonNode.Parse("""{"spec":{"minAvailable":0}}""")!), Ct);
        await Cluster.WaitAsync<PodDisruptionBudget>(ns, "budget", b => b?.Status.DisruptionsAllowed == 1, Ct);
        await EvictAsync(ns, pod);
        await Cluster.WaitAsync<Pod>(ns, pod, one => one is null, Ct);
    }

    private Task EvictAsync(string ns, string pod) => Cluster.Client.Of<Pod>().CreateSubresourceAsync<Eviction, Status>(
        ns, pod, "eviction", new Eviction { Metadata = new() { Namespace = ns, Name = pod } }, Ct);

    private async Task<Replicated> NewAsync(string group, string resource, string kind, int replicas)
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        var workload = new Replicated(Cluster, new GroupVersionResource(group, "v1", resource), kind, ns, $"test-{resource}", Ct);
        await workload.CreateAsync(replicas);
        await workload.RunsAsync(replicas);
        return workload;
    }

    private async Task<List<ControllerRevision>> RevisionsAsync(string ns) =>
        [.. (await Cluster.Client.Of<ControllerRevision>().ListAsync(ns, new ListOptions { LabelSelector = "gctest=agent" }, Ct)).Items];

    private Task PatchAgentAsync(string ns, string image) => Cluster.Client.Of<DaemonSet>().PatchAsync(
        ns, "agent", Patch.StrategicMerge(ImagePatch(image)), Ct);

    private Task PatchImageAsync(string ns, string image, JsonObject? nodes)
    {
        var patch = ImagePatch(image);
        patch["spec"]!["template"]!["spec"]!["nodeSelector"] = nodes;
        return Cluster.Client.Of<Deployment>().PatchAsync(ns, "web", Patch.StrategicMerge(patch), Ct);
    }

    private static JsonNode ImagePatch(string image)
    {
        var patch = JsonNode.Parse("""{"spec":{"template":{"spec":{"containers":[{"name":"nginx"}]}}}}""")!;
        patch["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = image;
        return patch;
    }

    private Task CompleteAsync(string ns, string image) => Cluster.WaitAsync<Deployment>(
        ns,
        "web",
        d => d?.Spec.Template.Spec.Containers[0].Image == image && d.Status.ObservedGeneration == d.Metadata.Generation && d.Spec.Replicas is { } all
            && d.Status.UpdatedReplicas == all && d.Status.AvailableReplicas == all && d.Status.Replicas == all,
        Ct);
}
