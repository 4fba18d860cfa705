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

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

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
