using System.Text.Json.Nodes;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Conformance;

/// <summary>Changes of namespaces, and their end.</summary>
public sealed class NamespaceTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestCluster Cluster => shared.Cluster;

    private ResourceClient<Namespace> Namespaces => Cluster.Client.Of<Namespace>();

    [Fact]
    public async Task Deletion_OfANamespaceWithAPod_RemovesThePod()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await Cluster.Client.CreateAsync(Objects.Pod(ns, "test-pod"), Ct);
        await Cluster.WaitAsync<Pod>(ns, "test-pod", pod => pod?.Status.Phase == "Running", Ct);
        await DeleteAndRecreateAsync(ns);
        Assert.Null(await Cluster.Client.Of<Pod>().FindAsync(ns, "test-pod", Ct));
    }

    [Fact]
    public async Task Deletion_OfANamespaceWithAService_RemovesTheService()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await Cluster.Client.CreateAsync(Objects.Service(ns, "test-service"), Ct);
        await DeleteAndRecreateAsync(ns);
        Assert.Null(await Cluster.Client.Of<Service>().FindAsync(ns, "test-service", Ct));
    }

    [Fact]
    public async Task Deletion_WithAHeldPod_LeavesTheRestUntilThePodIsGone()
    {
        const string Hold = "e2e.example.com/finalizer";
        var ns = await shared.NewNamespaceAsync(Ct);
        var pod = Objects.Pod(ns, "held");
        pod.Metadata.Finalizers = [Hold];
        await Cluster.Client.CreateAsync(pod, Ct);
        await Cluster.Client.CreateAsync(Objects.ConfigMap(ns, "map"), Ct);

        await Namespaces.DeleteAsync(null, ns, Ct);
        await Cluster.WaitAsync<Namespace>(
            null, ns, one => one?.Status.Conditions?.Exists(c => c is { Type: "NamespaceDeletionContentFailure" or "NamespaceContentRemaining", Status: "True" } && c.Message!.Contains("pods", StringComparison.Ordinal)) == true, Ct);
        Assert.NotNull((await Cluster.Client.Of<Pod>().GetAsync(ns, "held", Ct)).Metadata.DeletionTimestamp);
        Assert.Null((await Cluster.Client.Of<ConfigMap>().GetAsync(ns, "map", Ct)).Metadata.DeletionTimestamp);

        await Cluster.Client.Of<Pod>().PatchAsync(ns, "held", Patch.Merge(JsonNode.Parse("""{"metadata":{"finalizers":null}}""")!), Ct);
        await Cluster.WaitAsync<Namespace>(null, ns, one => one is null, Ct);
        Assert.Null(await Cluster.Client.Of<ConfigMap>().FindAsync(ns, "map", Ct));
    }

    [Fact]
    public async Task Patch_OfLabels_IsThere()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await Namespaces.PatchAsync(null, ns, Patch.StrategicMerge(JsonNode.Parse("""{"metadata":{"labels":{"testLabel":"testValue"}}}""")!), Ct);
        Assert.Equal("testValue", (await Namespaces.GetAsync(null, ns, Ct)).Metadata.Labels!["testLabel"]);
    }

    [Fact]
    public async Task Update_OfLabels_IsThere()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        var changed = (await Namespaces.GetAsync(null, ns, Ct)).DeepClone();
        changed.Metadata.Labels![ns] = "updated";
        Assert.Equal("updated", (await Namespaces.UpdateAsync(changed, Ct)).Metadata.Labels![ns]);
    }

    [Fact]
    public async Task Status_PatchedAndUpdated_HasItsConditions()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        Assert.Equal("Active", (await Namespaces.GetAsync(null, ns, Ct)).Status.Phase);
        var patched = await Namespaces.PatchAsync(
            null, ns, Patch.Merge(JsonNode.Parse("""{"status":{"conditions":[{"type":"StatusPatch","status":"True","reason":"E2E","message":"patched"}]}}""")!), "status", Ct);
        Assert.Equal("StatusPatch", Assert.Single(patched.Status.Conditions!).Type);
        var changed = patched.DeepClone();
        changed.Status.Conditions!.Add(new NamespaceCondition { Type = "StatusUpdate", Status = "True", Reason = "E2E", Message = "updated" });
        var updated = await Namespaces.UpdateStatusAsync(changed, Ct);
        Assert.Equal(["StatusPatch", "StatusUpdate"], updated.Status.Conditions!.Select(c => c.Type));
    }

    [Fact]
    public async Task Finalizer_AddedThroughFinalize_HoldsUntilItIsTaken()
    {
        const string Held = "e2e.example.com/fakeFinalizer";
        var ns = await shared.NewNamespaceAsync(Ct);
        var changed = (await Namespaces.GetAsync(null, ns, Ct)).DeepClone();
        changed.Spec.Finalizers!.Add(Held);
        changed = (await Namespaces.ReplaceAsync(changed, "finalize", null, Ct)).DeepClone();
        Assert.Contains(Held, changed.Spec.Finalizers!);
        changed.Spec.Finalizers!.Remove(Held);
        Assert.DoesNotContain(Held, (await Namespaces.ReplaceAsync(changed, "finalize", null, Ct)).Spec.Finalizers!);
    }

    private async Task DeleteAndRecreateAsync(string ns)
    {
        await Namespaces.DeleteAsync(null, ns, Ct);
        await Cluster.WaitAsync<Namespace>(null, ns, one => one is null, Ct);
        await Cluster.Client.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = ns } }, Ct);
    }
}
