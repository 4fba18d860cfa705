using System.Globalization;
using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;
using Sampan.ControllerManager.GarbageCollection;

namespace Sampan.ControllerManager.Tests.GarbageCollection;

public sealed class GarbageCollectorTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    [Fact]
    public async Task Background_OwnerGone_DependentsFollowLevelByLevel()
    {
        await FamilyAsync();
        await DeleteOwnerAsync("Background");
        await _harness.UntilAsync(() => Api.List<ReplicaSet>().Count == 0 && Api.List<Pod>().Count == 0, "all go");
    }

    [Fact]
    public async Task Foreground_OwnerWaits_UntilDependentsAreGone()
    {
        await FamilyAsync(podFinalizer: "example.com/hold");
        await DeleteOwnerAsync("Foreground");
        await _harness.UntilAsync(() => Api.List<Pod>().All(p => p.Metadata.DeletionTimestamp is not null), "the pod is asked to go");
        Assert.NotNull(Api.Find<Deployment>("default", "web"));
        Assert.NotNull(Api.Find<ReplicaSet>("default", "web"));
        foreach (var pod in Api.List<Pod>()) Api.Remove<Pod>("default", pod.Metadata.Name);
        await _harness.UntilAsync(() => Api.List<ReplicaSet>().Count == 0 && Api.List<Deployment>().Count == 0, "bottom up");
    }

    [Fact]
    public async Task Orphan_OwnerGone_DependentsStayWithoutReference()
    {
        await FamilyAsync();
        await DeleteOwnerAsync("Orphan");
        await _harness.UntilAsync(() => Api.List<Deployment>().Count == 0, "the owner goes");
        Assert.Empty(Api.Find<ReplicaSet>("default", "web")!.Metadata.OwnerReferences.OrEmpty());
        Assert.Single(Api.List<Pod>());
    }

    [Fact]
    public async Task OneOfTwoOwnersGone_ReferenceIsDropped()
    {
        var one = Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "default", Name = "one" } });
        var two = Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "default", Name = "two" } });
        Api.Put(new Secret { Metadata = new ObjectMeta { Namespace = "default", Name = "child", OwnerReferences = [Ref(one), Ref(two)] } });
        await StartAsync();
        Api.Remove<ConfigMap>("default", "one");
        await _harness.UntilAsync(() => Api.Find<Secret>("default", "child")!.Metadata.OwnerReferences!.Count == 1, "one reference left");
        Assert.Equal("two", Api.Find<Secret>("default", "child")!.Metadata.OwnerReferences![0].Name);
    }

    [Fact]
    public async Task OwnerOfSameNameButOtherUid_CountsAsAbsent()
    {
        Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "default", Name = "owner" } });
        var reference = new OwnerReference { ApiVersion = "v1", Kind = "ConfigMap", Name = "owner", Uid = "another-life" };
        Api.Put(new Secret { Metadata = new ObjectMeta { Namespace = "default", Name = "child", OwnerReferences = [reference] } });
        await StartAsync();
        await _harness.UntilAsync(() => Api.List<Secret>().Count == 0, "the child goes");
    }

    [Fact]
    public async Task OwnerInAnotherNamespace_CountsAsAbsent()
    {
        var owner = Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "other", Name = "owner" } });
        Api.Put(new Secret { Metadata = new ObjectMeta { Namespace = "default", Name = "child", OwnerReferences = [Ref(owner)] } });
        await StartAsync();
        await _harness.UntilAsync(() => Api.List<Secret>().Count == 0, "the child goes");
    }

    [Fact]
    public async Task CacheBehind_OwnerJustCreated_IsAskedForBeforeDeleting()
    {
        await StartAsync();
        Api.HoldWatches();
        var owner = Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "default", Name = "owner" } });
        Api.Put(new Secret { Metadata = new ObjectMeta { Namespace = "default", Name = "child", OwnerReferences = [Ref(owner)] } });
        Api.ReleaseWatches();
        await Task.Delay(30);
        Assert.Single(Api.List<Secret>());
    }

    [Fact]
    public async Task UnknownOwnerKind_NothingIsDeleted()
    {
        var reference = new OwnerReference { ApiVersion = "example.com/v1", Kind = "Widget", Name = "w", Uid = "u" };
        Api.Put(new Secret { Metadata = new ObjectMeta { Namespace = "default", Name = "child", OwnerReferences = [reference] } });
        await StartAsync();
        await Task.Delay(30);
        Assert.Single(Api.List<Secret>());
    }

    [Theory]
    [InlineData("Background")]
    [InlineData("Foreground")]
    [InlineData("Orphan")]
    public async Task ManyDependents_WorkIsProportionalToTheirNumber(string policy)
    {
        const int Count = 300;
        var owner = Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "default", Name = "owner" } });
        for (var i = 0; i < Count; i++)
            Api.Put(new Secret { Metadata = new ObjectMeta { Namespace = "default", Name = $"child-{i}", OwnerReferences = [Ref(owner)] } });
        await StartAsync();
        await _harness.SettleAsync();
        var (reconciles, requests) = (Reconciles(), Requests());
        await Api.Client.Of<ConfigMap>().DeleteAsync("default", "owner", new DeleteOptions { PropagationPolicy = policy }, default);
        await _harness.UntilAsync(
            () => Api.List<ConfigMap>().Count == 0
                && (policy == "Orphan" ? Api.List<Secret>().TrueForAll(s => s.Metadata.OwnerReferences is null or { Count: 0 }) : Api.List<Secret>().Count == 0),
            "the owner goes");
        Assert.InRange(Requests() - requests, Count, (3 * Count) + 50);
        Assert.InRange(Reconciles() - reconciles, 1, 3 * Count);
    }

    [Fact]
    public async Task Foreground_DependentsThatDoNotBlock_AreNotWaitedFor()
    {
        var owner = Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "default", Name = "owner" } });
        PutChild("blocking", owner, blocks: true, "example.com/hold");
        PutChild("other", owner, blocks: false, "example.com/hold");
        await StartAsync();
        await Api.Client.Of<ConfigMap>().DeleteAsync("default", "owner", new DeleteOptions { PropagationPolicy = "Foreground" }, default);
        await _harness.UntilAsync(() => Api.List<Secret>().TrueForAll(s => s.Metadata.DeletionTimestamp is not null), "both are asked to go");
        Assert.Single(Api.List<ConfigMap>());
        Api.Remove<Secret>("default", "blocking");
        await _harness.UntilAsync(() => Api.List<ConfigMap>().Count == 0, "the owner goes before the other one");
        Assert.Single(Api.List<Secret>());
    }

    [Fact]
    public async Task Foreground_DependentWithAnotherOwner_StaysWithThatOne()
    {
        var (going, staying) = (Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "default", Name = "going" } }), Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "default", Name = "staying" } }));
        Api.Put(new Secret { Metadata = new ObjectMeta { Namespace = "default", Name = "child", OwnerReferences = [Ref(going), Ref(staying)] } });
        await StartAsync();
        await Api.Client.Of<ConfigMap>().DeleteAsync("default", "going", new DeleteOptions { PropagationPolicy = "Foreground" }, default);
        await _harness.UntilAsync(() => Api.List<ConfigMap>().Count == 1, "the owner goes");
        Assert.Equal(["staying"], Api.Find<Secret>("default", "child")!.Metadata.OwnerReferences!.Select(o => o.Name));
    }

    [Fact]
    public async Task Foreground_CircleOfBlockingOwners_IsBroken()
    {
        var one = Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "default", Name = "one" } });
        var two = Api.Put(new Secret { Metadata = new ObjectMeta { Namespace = "default", Name = "two", OwnerReferences = [Ref(one)] } });
        var copy = one.DeepClone();
        copy.Metadata.OwnerReferences = [Ref(two)];
        Api.Put(copy);
        await StartAsync();
        await Api.Client.Of<ConfigMap>().DeleteAsync("default", "one", new DeleteOptions { PropagationPolicy = "Foreground" }, default);
        await _harness.UntilAsync(() => Api.List<ConfigMap>().Count == 0 && Api.List<Secret>().Count == 0, "both go");
    }

    [Fact]
    public async Task Foreground_CollectorStartsMidway_Finishes()
    {
        var owner = Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "default", Name = "owner", Finalizers = ["foregroundDeletion"], DeletionTimestamp = _harness.Time.GetUtcNow() } });
        PutChild("child", owner, blocks: true, null);
        await StartAsync();
        await _harness.UntilAsync(() => Api.List<ConfigMap>().Count == 0 && Api.List<Secret>().Count == 0, "both go");
    }

    [Fact]
    public async Task OwnerInAnotherNamespace_IsToldOnTheDependent()
    {
        var owner = Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "other", Name = "owner" } });
        Api.Put(new Secret { Metadata = new ObjectMeta { Namespace = "default", Name = "child", OwnerReferences = [Ref(owner)] } });
        await StartAsync();
        var message = $"ownerRef [v1/ConfigMap, namespace: default, name: owner, uid: {owner.Metadata.Uid}] does not exist in namespace \"default\"";
        await _harness.UntilAsync(
            () => Api.List<Event>().Exists(e => e is { Type: "Warning", Reason: "OwnerRefInvalidNamespace", InvolvedObject: { Kind: "Secret", Name: "child" } } && e.Message == message),
            "the event");
    }

    [Fact]
    public async Task ClusterScopedDependentOfANamespacedOwner_StaysAndIsToldSo()
    {
        var owner = Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "other", Name = "owner" } });
        Api.Put(new Node { Metadata = new ObjectMeta { Name = "child", OwnerReferences = [Ref(owner)] } });
        await StartAsync();
        var message = $"ownerRef [v1/ConfigMap, namespace: , name: owner, uid: {owner.Metadata.Uid}] does not exist in namespace \"\"";
        await _harness.UntilAsync(() => Api.List<Event>().Exists(e => e.Reason == "OwnerRefInvalidNamespace" && e.InvolvedObject is { Kind: "Node", Name: "child" } && e.Message == message), "the event");
        Assert.Single(Api.List<Node>());
    }

    /// <summary>A dependent that the collector has not heard of would be collected as soon as it has, since its owner is gone.</summary>
    [Fact]
    public async Task Orphan_CacheIsBehind_NewDependentIsFreedToo()
    {
        await FamilyAsync();
        var late = Workloads.ReplicaSet(1, "late");
        late.Metadata.OwnerReferences = [Ref(Api.Find<Deployment>("default", "web")!)];
        Api.HoldWatches<ReplicaSet>();
        Api.Put(late);
        await DeleteOwnerAsync("Orphan");
        await _harness.AdvanceUntilAsync(() => Api.List<Deployment>().Count == 0, "the owner goes");
        Api.ReleaseWatches();
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Empty(Api.Find<ReplicaSet>("default", "late")!.Metadata.OwnerReferences.OrEmpty());
    }

    [Fact]
    public async Task OrphaningFails_OwnerWaitsUntilItsDependentsAreFree()
    {
        await FamilyAsync();
        Api.Refuse = r => r is { Verb: ApiVerbs.Patch, Resource.Resource: "replicasets" } ? StatusException.Conflict(r.Resource.GroupResource, r.Name!) : null;
        await DeleteOwnerAsync("Orphan");
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(3));
        Assert.Equal(["orphan"], Api.Find<Deployment>("default", "web")!.Metadata.Finalizers!);
        Api.Refuse = null;
        await _harness.AdvanceUntilAsync(() => Api.List<Deployment>().Count == 0, "the owner goes");
        Assert.Empty(Api.Find<ReplicaSet>("default", "web")!.Metadata.OwnerReferences.OrEmpty());
    }

    [Fact]
    public async Task ResourceThatCannotBeListedAnyMore_DoesNotHoldUpTheOthers()
    {
        await FamilyAsync();
        Api.Refuse = r => r is { Verb: ApiVerbs.List or ApiVerbs.Watch, Resource.Resource: "secrets" } ? StatusException.Forbidden(r.Resource.GroupResource, "", "not today") : null;
        Api.BreakWatches();
        await DeleteOwnerAsync("Background");
        await _harness.AdvanceUntilAsync(() => Api.List<ReplicaSet>().Count == 0 && Api.List<Pod>().Count == 0, "all go");
    }

    [Fact]
    public async Task AbsentOwner_IsAskedForOnce()
    {
        var reference = new OwnerReference { ApiVersion = "v1", Kind = "ConfigMap", Name = "gone", Uid = "gone" };
        for (var i = 0; i < 50; i++)
            Api.Put(new Secret { Metadata = new ObjectMeta { Namespace = "default", Name = $"child-{i}", OwnerReferences = [reference] } });
        await StartAsync();
        await _harness.UntilAsync(() => Api.List<Secret>().Count == 0, "the children go");
        // Those that asked at the same time as the first did not know yet.
        Assert.InRange(Api.Requests.Count(r => r is { Verb: ApiVerbs.Get, Name: "gone" }), 1, 20);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    /// <summary>How many keys the collector has worked on.</summary>
    private double Reconciles() => _harness.Context.Metrics.Render().Split('\n')
        .Where(l => l.StartsWith("workqueue_work_duration_seconds_count", StringComparison.Ordinal)).Sum(l => double.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    private int Requests() => Api.Requests.Count(r => r.Verb is not (ApiVerbs.List or ApiVerbs.Watch));

    private void PutChild(string name, IObject owner, bool blocks, string? finalizer)
    {
        var reference = Ref(owner);
        reference.BlockOwnerDeletion = blocks;
        Api.Put(new Secret { Metadata = new ObjectMeta { Namespace = "default", Name = name, OwnerReferences = [reference], Finalizers = finalizer is null ? null : [finalizer] } });
    }

    private Task StartAsync() => _harness.StartAsync(c => new GarbageCollector(c));

    private async Task FamilyAsync(string? podFinalizer = null)
    {
        var deployment = Api.Put(Workloads.Deployment(1));
        var set = Workloads.ReplicaSet(1);
        set.Metadata.OwnerReferences = [Ref(deployment)];
        var stored = Api.Put(set);
        var pod = Workloads.Pod("pod");
        pod.Metadata.OwnerReferences = [Ref(stored)];
        if (podFinalizer is not null) pod.Metadata.Finalizers = [podFinalizer];
        Api.Put(pod);
        await StartAsync();
    }

    private Task DeleteOwnerAsync(string policy) =>
        Api.Client.Of<Deployment>().DeleteAsync("default", "web", new DeleteOptions { PropagationPolicy = policy }, default);

    private static OwnerReference Ref(IObject owner) => OwnerReferences.ControllerRef(owner);
}
