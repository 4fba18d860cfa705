using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.StatefulSets;

namespace Sampan.ControllerManager.Tests.StatefulSets;

public sealed class StatefulSetControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private StatefulSet Set => Api.Find<StatefulSet>("default", "web")!;

    private List<string> Names => Api.List<Pod>().Select(p => p.Metadata.Name).Order(StringComparer.Ordinal).ToList();

    [Fact]
    public async Task Reconcile_Ordered_EachPodWaitsForTheOneBefore()
    {
        await StartAsync(3);
        await _harness.UntilAsync(() => Names is ["web-0"] && Set.Status.Replicas == 1, "the first");
        Workloads.RunPods(_harness);
        await _harness.UntilAsync(() => Names is ["web-0", "web-1"], "the second");
        Workloads.RunPods(_harness);
        await _harness.UntilAsync(() => Names is ["web-0", "web-1", "web-2"], "the third");
        Workloads.RunPods(_harness);
        await _harness.UntilAsync(() => Set.Status is { ReadyReplicas: 3, AvailableReplicas: 3, CurrentReplicas: 3, UpdatedReplicas: 3 }, "the status");
    }

    [Fact]
    public async Task Reconcile_Pod_HasItsIdentity()
    {
        await StartAsync(1, s => s.Spec.ServiceName = "peers");
        await _harness.UntilAsync(() => Names is ["web-0"] && Set.Status.UpdateRevision is not null, "the pod");
        var pod = Api.List<Pod>()[0];
        Assert.Equal(("web-0", "peers"), (pod.Spec.Hostname, pod.Spec.Subdomain));
        Assert.Equal("web-0", pod.Metadata.Labels![StatefulPods.NameLabel]);
        Assert.Equal("0", pod.Metadata.Labels[StatefulPods.IndexLabel]);
        Assert.Equal(Set.Status.UpdateRevision, pod.Metadata.Labels["controller-revision-hash"]);
    }

    /// <summary>The same template in upstream's words: keys in another order, and times that are not there.</summary>
    [Fact]
    public async Task Reconcile_RevisionThatAnotherManagerWrote_IsTakenAsItIs()
    {
        await ReadyAsync(1);
        var (pod, revision) = (Api.List<Pod>()[0], Api.List<ControllerRevision>()[0].DeepClone());
        var template = (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(revision.Data.Raw.Span)!["spec"]!["template"]!;
        var turned = new System.Text.Json.Nodes.JsonObject(template.Reverse().Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        turned["metadata"]!["creationTimestamp"] = null;
        revision.Data = RawExtension.Parse(new System.Text.Json.Nodes.JsonObject { ["spec"] = new System.Text.Json.Nodes.JsonObject { ["template"] = turned } }.ToJsonString());
        Api.Put(revision);
        Change(s => s.Metadata.Annotations = new() { ["seen"] = "again" });
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Single(Api.List<ControllerRevision>());
        Assert.Equal(pod.Metadata.Uid, Api.List<Pod>()[0].Metadata.Uid);
        Assert.Equal(Set.Status.CurrentRevision, Set.Status.UpdateRevision);
    }

    [Fact]
    public async Task Reconcile_Parallel_CreatesAllFromTheStartOrdinal()
    {
        await StartAsync(3, s =>
        {
            s.Spec.PodManagementPolicy = "Parallel";
            s.Spec.Ordinals = new StatefulSetOrdinals { Start = 5 };
        });
        await _harness.UntilAsync(() => Names is ["web-5", "web-6", "web-7"], "all at once");
    }

    [Fact]
    public async Task Reconcile_ScaledDown_TakesTheHighestFirst()
    {
        await ReadyAsync(4);
        Change(s => s.Spec.Replicas = 2);
        await _harness.UntilAsync(() => Names is ["web-0", "web-1"], "two stay");
        var deleted = Api.Writes.Where(r => r.Verb == ApiVerbs.Delete && r.Resource.Resource == "pods").Select(r => r.Name);
        Assert.Equal(["web-3", "web-2"], deleted);
    }

    [Fact]
    public async Task Reconcile_FailedPod_IsMadeAgain()
    {
        await ReadyAsync(2);
        var old = Api.Find<Pod>("default", "web-0")!;
        var failed = old.DeepClone();
        failed.Status.Phase = "Failed";
        Api.Put(failed);
        await _harness.UntilAsync(() => Api.Find<Pod>("default", "web-0") is { } p && p.Metadata.Uid != old.Metadata.Uid, "a new one");
    }

    [Fact]
    public async Task Reconcile_NewTemplate_RollsFromTheTopOneAtATime()
    {
        await ReadyAsync(3);
        Change(s => s.Spec.Template = Workloads.Template("two"));
        await _harness.UntilAsync(() => Api.Find<Pod>("default", "web-2") is { } p && Image(p) == "two", "the highest first");
        Assert.Equal(["one", "one"], Api.List<Pod>().Take(2).Select(Image));
        await RollAsync(() => Api.List<Pod>().TrueForAll(p => Image(p) == "two"));
        await RollAsync(() => Set.Status.CurrentRevision == Set.Status.UpdateRevision && Set.Status.CurrentReplicas == 3);
        Assert.Equal(2, Api.List<ControllerRevision>().Count);
    }

    [Fact]
    public async Task Reconcile_Partition_LowerOrdinalsKeepTheOldTemplate()
    {
        await ReadyAsync(3);
        Change(s =>
        {
            s.Spec.UpdateStrategy = new() { Type = "RollingUpdate", RollingUpdate = new() { Partition = 2 } };
            s.Spec.Template = Workloads.Template("two");
        });
        await _harness.UntilAsync(() => Api.Find<Pod>("default", "web-2") is { } p && Image(p) == "two", "above the partition");
        Workloads.RunPods(_harness);
        await _harness.UntilAsync(() => Set.Status is { UpdatedReplicas: 1, CurrentReplicas: 2, ReadyReplicas: 3 }, "the status");
        Api.Remove<Pod>("default", "web-0");
        await _harness.UntilAsync(() => Api.Find<Pod>("default", "web-0") is not null, "made again");
        Assert.Equal("one", Image(Api.Find<Pod>("default", "web-0")!));
        Assert.NotEqual(Set.Status.CurrentRevision, Set.Status.UpdateRevision);
    }

    [Fact]
    public async Task Reconcile_MaxUnavailable_ReplacesThatManyAtOnce()
    {
        await ReadyAsync(4, s => s.Spec.PodManagementPolicy = "Parallel");
        Change(s =>
        {
            s.Spec.UpdateStrategy = new() { Type = "RollingUpdate", RollingUpdate = new() { MaxUnavailable = 2 } };
            s.Spec.Template = Workloads.Template("two");
        });
        await _harness.UntilAsync(() => Api.List<Pod>().Count == 4 && Api.List<Pod>().Count(p => Image(p) == "two") == 2, "two of four");
        Assert.Equal(["one", "one", "two", "two"], Api.List<Pod>().Select(Image));
        await RollAsync(() => Api.List<Pod>().Count == 4 && Api.List<Pod>().TrueForAll(p => Image(p) == "two"));
    }

    [Fact]
    public async Task Reconcile_OnDelete_OnlyDeletedPodsChange()
    {
        await ReadyAsync(2, s => s.Spec.UpdateStrategy = new() { Type = "OnDelete" });
        Change(s => s.Spec.Template = Workloads.Template("two"));
        await _harness.UntilAsync(() => Set.Status.UpdateRevision != Set.Status.CurrentRevision, "a new revision");
        Assert.Equal(["one", "one"], Api.List<Pod>().Select(Image));
        Api.Remove<Pod>("default", "web-0");
        await _harness.UntilAsync(() => Api.List<Pod>().Select(Image).SequenceEqual(["two", "one"]), "only that one");
    }

    [Fact]
    public async Task Reconcile_ClaimTemplates_MakesClaimsAndMountsThem()
    {
        await StartAsync(1, s => s.Spec.VolumeClaimTemplates = [ClaimTemplate()]);
        await _harness.UntilAsync(() => Names is ["web-0"], "the pod");
        Assert.Equal("data-web-0", Api.List<PersistentVolumeClaim>().Single().Metadata.Name);
        Assert.Equal("data-web-0", Api.List<Pod>()[0].Spec.Volumes!.Single().PersistentVolumeClaim!.ClaimName);
        Assert.Empty(Api.List<PersistentVolumeClaim>()[0].Metadata.OwnerReferences.OrEmpty());
    }

    [Fact]
    public async Task Reconcile_RetentionDelete_ClaimsFollowTheirPodsAndSet()
    {
        await ReadyAsync(2, s =>
        {
            s.Spec.VolumeClaimTemplates = [ClaimTemplate()];
            s.Spec.PersistentVolumeClaimRetentionPolicy = new() { WhenDeleted = "Delete", WhenScaled = "Delete" };
        });
        var pod = Api.Find<Pod>("default", "web-1")!.Metadata.Uid;
        Assert.Equal(Set.Metadata.Uid, Owner("data-web-0"));
        Change(s => s.Spec.Replicas = 1);
        await _harness.UntilAsync(() => Names is ["web-0"], "scaled down");
        Assert.Equal((Set.Metadata.Uid, pod), (Owner("data-web-0"), Owner("data-web-1")));

        // Scaled up again, the pod waits until the claim of its forerunner has gone.
        Change(s => s.Spec.Replicas = 2);
        await _harness.UntilAsync(() => Set.Status.ObservedGeneration == Set.Metadata.Generation, "seen");
        Assert.Equal(["web-0"], Names);
        Api.Remove<PersistentVolumeClaim>("default", "data-web-1");
        await _harness.AdvanceUntilAsync(() => Names is ["web-0", "web-1"], "made with a fresh claim");
        Assert.Equal(Set.Metadata.Uid, Owner("data-web-1"));
    }

    [Fact]
    public async Task Reconcile_MinReadySeconds_HoldsTheNextBack()
    {
        await StartAsync(2, s => s.Spec.MinReadySeconds = 30);
        await _harness.UntilAsync(() => Names is ["web-0"], "the first");
        Workloads.RunPods(_harness);
        await _harness.UntilAsync(() => Set.Status is { ReadyReplicas: 1, AvailableReplicas: 0 }, "ready, not available");
        Assert.Equal(["web-0"], Names);
        await _harness.AdvanceUntilAsync(() => Names is ["web-0", "web-1"] && Set.Status.AvailableReplicas == 1, "the second", TimeSpan.FromSeconds(1));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static string Image(Pod pod) => pod.Spec.Containers[0].Image!;

    private static PersistentVolumeClaim ClaimTemplate() => new() { Metadata = new ObjectMeta { Name = "data" } };

    private string? Owner(string claim) => Api.Find<PersistentVolumeClaim>("default", claim)!.Metadata.OwnerReferences?.Single().Uid;

    private Task RollAsync(Func<bool> done) => _harness.UntilAsync(
        () =>
        {
            Workloads.RunPods(_harness);
            return done();
        },
        "rolled");

    private async Task StartAsync(int replicas, Action<StatefulSet>? change = null)
    {
        var set = new StatefulSet
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "web" },
            Spec = new StatefulSetSpec
            {
                Replicas = replicas,
                Selector = new LabelSelector { MatchLabels = Workloads.App() },
                Template = Workloads.Template("one"),
                PodManagementPolicy = "OrderedReady",
                UpdateStrategy = new() { Type = "RollingUpdate", RollingUpdate = new() { Partition = 0 } },
                RevisionHistoryLimit = 10,
            },
        };
        change?.Invoke(set);
        Api.Put(set);
        await _harness.StartAsync(c => new StatefulSetController(c));
    }

    private async Task ReadyAsync(int replicas, Action<StatefulSet>? change = null)
    {
        await StartAsync(replicas, change);
        await RollAsync(() => Set.Status.AvailableReplicas == replicas);
    }

    private void Change(Action<StatefulSet> change)
    {
        var copy = Set.DeepClone();
        change(copy);
        Api.Put(copy);
    }
}
