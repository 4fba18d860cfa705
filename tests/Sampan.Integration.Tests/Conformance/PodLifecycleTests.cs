using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;

namespace Sampan.Integration.Tests.Conformance;

/// <summary>Changes of pods, and how their node follows them.</summary>
public sealed class PodLifecycleTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ResourceClient<Pod> Pods => shared.Cluster.Client.Of<Pod>();

    [Fact]
    public async Task Generation_SpecChanged_GrowsAndIsObserved()
    {
        var ns = await RunningAsync("pod");
        await ObservedAsync(ns, 1);
        await PatchAsync(ns, """{"spec":{"containers":[{"name":"nginx","image":"nginx:2"}]}}""");
        await ObservedAsync(ns, 2);
        await PatchAsync(ns, """{"metadata":{"labels":{"changed":"labels"}}}""");
        await PatchAsync(ns, """{"spec":{"activeDeadlineSeconds":5000}}""");
        await ObservedAsync(ns, 3);
        await PatchAsync(ns, """{"spec":{"activeDeadlineSeconds":5000}}""");
        await PatchAsync(ns, """{"spec":{"tolerations":[{"key":"a","operator":"Exists"}]}}""");
        await ObservedAsync(ns, 4);
    }

    [Fact]
    public async Task Generation_After499Changes_Is500()
    {
        var ns = await RunningAsync("pod");
        for (var i = 0; i < 499; i++)
        {
            await PatchAsync(ns, $$"""{"spec":{"activeDeadlineSeconds":{{100000 - i}} } }""");
        }
        await ObservedAsync(ns, 500);
    }

    [Fact]
    public async Task Generation_DeletedWithGrace_Grows()
    {
        const string Hold = "example.com/hold";
        var ns = await shared.NewNamespaceAsync(Ct);
        var pod = Objects.Pod(ns, "pod");
        (pod.Metadata.Finalizers, pod.Spec.TerminationGracePeriodSeconds) = ([Hold], 30);
        await shared.Cluster.Client.CreateAsync(pod, Ct);
        await shared.Cluster.WaitAsync<Pod>(ns, "pod", one => one?.Status.Phase == "Running", Limit, Ct);
        await Pods.DeleteAsync(ns, "pod", new DeleteOptions { GracePeriodSeconds = 10 }, Ct);
        var deleted = await Pods.GetAsync(ns, "pod", Ct);
        Assert.NotNull(deleted.Metadata.DeletionTimestamp);
        Assert.True(deleted.Metadata.Generation >= 2, $"the generation is {deleted.Metadata.Generation}");
        await Pods.PatchAsync(ns, "pod", Patch.Merge(JsonNode.Parse("""{"metadata":{"finalizers":null}}""")!), Ct);
        await shared.Cluster.WaitAsync<Pod>(ns, "pod", one => one is null, Limit, Ct);
    }

    [Fact]
    public async Task Pod_PatchedWithStatusReplacedAndDeleted_IsGone()
    {
        var ns = await RunningAsync("pod");
        await PatchAsync(ns, """{"metadata":{"labels":{"test-pod":"patched"}},"spec":{"containers":[{"name":"nginx","image":"nginx:2"}]}}""");
        var patched = Assert.Single((await Pods.ListAsync(null, new ListOptions { LabelSelector = "test-pod=patched" }, Ct)).Items);
        Assert.Equal("nginx:2", patched.Spec.Containers[0].Image);
        var status = await shared.ChangeAsync<Pod>(ns, "pod", pod => pod.Status.Message = "replaced", Ct, "status");
        Assert.Equal("replaced", status.Status.Message);
        status = await Pods.PatchAsync(ns, "pod", Patch.StrategicMerge(JsonNode.Parse("""{"status":{"message":"patched","reason":"E2E"}}""")!), "status", Ct);
        Assert.Equal(("patched", "E2E"), (status.Status.Message, status.Status.Reason));
        await Pods.DeleteAsync(ns, "pod", Ct);
        await shared.Cluster.WaitAsync<Pod>(ns, "pod", one => one is null, Limit, Ct);
    }

    [Fact]
    public async Task Collection_DeletedByLabel_IsGone()
    {
        var ns = await RunningAsync("one", "two", "three");
        var chosen = new ListOptions { LabelSelector = "type=testing" };
        Assert.Equal(3, (await Pods.ListAsync(ns, chosen, Ct)).Items.Count);
        await Pods.DeleteCollectionAsync(ns, null, chosen, Ct);
        await SharedCluster.UntilAsync("the pods go", async () => (await Pods.ListAsync(ns, chosen, Ct)).Items.Count == 0);
    }

    [Fact]
    public async Task Pod_LabelUpdated_IsFoundByTheNewValue()
    {
        var ns = await RunningAsync("pod");
        Assert.Equal("pod", await SelectedAsync("type=testing"));

        await shared.ChangeAsync<Pod>(ns, "pod", pod => pod.Metadata.Labels!["type"] = "updated", Ct);

        Assert.Equal("pod", await SelectedAsync("type=updated"));
        Assert.Empty(await SelectedAsync("type=testing"));

        async Task<string> SelectedAsync(string selector) =>
            string.Join(' ', (await Pods.ListAsync(ns, new ListOptions { LabelSelector = selector }, Ct)).Items.Select(pod => pod.Metadata.Name));
    }

    [Fact]
    public async Task Resize_Replaced_IsReadAtBothEndpointsAndComesIntoForce()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await shared.Cluster.Client.CreateAsync(Objects.Pod(ns, "pod", "100m"), Ct);
        await shared.Cluster.WaitAsync<Pod>(ns, "pod", one => one?.Status.Phase == "Running", Limit, Ct);

        await shared.ChangeAsync<Pod>(ns, "pod", pod => pod.Spec.Containers[0].Resources.Requests!["cpu"] = Quantity.Parse("200m"), Ct, "resize");

        await shared.Cluster.WaitAsync<Pod>(ns, "pod", one => one is { } pod && IsInForce(pod), Limit, Ct);
        await SharedCluster.UntilAsync("both endpoints show the same pod", async () =>
        {
            var (main, resize) = (await Pods.GetAsync(ns, "pod", Ct), await Pods.GetAsync(ns, "pod", "resize", Ct));
            return main.Metadata.ResourceVersion == resize.Metadata.ResourceVersion && main.DeepEquals(resize) && main.Metadata.Generation == 2;
        });

        static bool IsInForce(Pod pod) => pod.Status is { ObservedGeneration: 2, ContainerStatuses: [{ RestartCount: 0, Resources.Requests: { } requests }] }
            && requests["cpu"] == Quantity.Parse("200m") && !pod.Status.Conditions.OrEmpty().Any(c => c.Type.StartsWith("PodResize", StringComparison.Ordinal));
    }

    private async Task<string> RunningAsync(params string[] names)
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        foreach (var name in names)
        {
            var pod = Objects.Pod(ns, name);
            pod.Metadata.Labels = new() { ["type"] = "testing" };
            await shared.Cluster.Client.CreateAsync(pod, Ct);
        }
        foreach (var name in names) await shared.Cluster.WaitAsync<Pod>(ns, name, one => one?.Status.Phase == "Running", Limit, Ct);
        return ns;
    }

    private Task PatchAsync(string ns, string patch) => Pods.PatchAsync(ns, "pod", Patch.StrategicMerge(JsonNode.Parse(patch)!), Ct);

    private Task ObservedAsync(string ns, long generation) => shared.Cluster.WaitAsync<Pod>(
        ns, "pod", one => one is { } pod && pod.Metadata.Generation == generation && pod.Status.ObservedGeneration == generation, Limit, Ct);
}
