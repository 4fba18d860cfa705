using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.ReplicaSets;

namespace Sampan.ControllerManager.Tests.ReplicaSets;

public sealed class ReplicaSetControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private ReplicaSet Set => Api.Find<ReplicaSet>("default", "web")!;

    [Fact]
    public async Task Reconcile_NewSet_CreatesItsPodsAndStatus()
    {
        await StartAsync(3);
        var pods = Api.List<Pod>();
        Assert.All(pods, p => Assert.Equal(Set.Metadata.Uid, p.Metadata.OwnerReferences!.Single().Uid));
        Assert.All(pods, p => Assert.StartsWith("web-", p.Metadata.Name, StringComparison.Ordinal));
        Workloads.RunPods(_harness);
        await _harness.UntilAsync(() => Set.Status is { ReadyReplicas: 3, AvailableReplicas: 3, FullyLabeledReplicas: 3 }, "all ready");
    }

    [Fact]
    public async Task Reconcile_StaleCache_NeverCreatesTooMany()
    {
        Api.HoldWatches();
        Api.Put(Workloads.ReplicaSet(5));
        await _harness.StartAsync(c => new ReplicaController<ReplicaSet>("replicaset-controller", c, new ReplicaSetKind()));
        await _harness.UntilAsync(() => Api.List<Pod>().Count == 5, "five pods");
        Api.Put(Touched());
        await Task.Delay(30);
        Assert.Equal(5, Api.List<Pod>().Count);
        Api.ReleaseWatches();
        await _harness.UntilAsync(() => Set.Status.Replicas == 5, "the status");
        Assert.Equal(5, Api.List<Pod>().Count);
    }

    [Fact]
    public async Task Reconcile_ScaledDown_GivesUpPodsThatAreNotReady()
    {
        await StartAsync(4);
        var names = Api.List<Pod>().Select(p => p.Metadata.Name).ToList();
        Workloads.RunPods(_harness, p => names.IndexOf(p.Metadata.Name) < 2);
        await _harness.UntilAsync(() => Set.Status.ReadyReplicas == 2, "two are ready");
        Api.Put(Scaled(2));
        await _harness.UntilAsync(() => Api.List<Pod>().Count == 2, "two pods");
        Assert.Equal(names.Take(2).Order(), Api.List<Pod>().Select(p => p.Metadata.Name).Order());
    }

    [Fact]
    public async Task Reconcile_MatchingOrphan_IsAdopted()
    {
        Api.Put(Workloads.Pod("orphan"));
        await StartAsync(2);
        Assert.Equal(Set.Metadata.Uid, Api.Find<Pod>("default", "orphan")!.Metadata.OwnerReferences!.Single().Uid);
    }

    [Fact]
    public async Task Reconcile_OrphanOfOneThatTheCacheStillShows_IsNotReplaced()
    {
        var isGone = true;
        var asked = 0;
        Api.Refuse = r => isGone && r is { Verb: ApiVerbs.Get, Resource.Resource: "replicasets" } && ++asked > 0
            ? StatusException.NotFound(r.Resource.GroupResource, r.Name!) : null;
        Api.Put(Workloads.Pod("orphan"));
        Api.Put(Workloads.ReplicaSet(1));
        await _harness.StartAsync(c => new ReplicaController<ReplicaSet>("replicaset-controller", c, new ReplicaSetKind()));
        await _harness.UntilAsync(() => asked > 1, "asked and tried again");
        Assert.Empty(Assert.Single(Api.List<Pod>()).Metadata.OwnerReferences.OrEmpty());
        isGone = false;
        await _harness.UntilAsync(() => Set.Status.Replicas == 1, "adopted");
        Assert.Single(Assert.Single(Api.List<Pod>()).Metadata.OwnerReferences!);
    }

    [Fact]
    public async Task Reconcile_LabelsChanged_ReleasesAndReplaces()
    {
        await StartAsync(2);
        var pod = Api.List<Pod>()[0].DeepClone();
        pod.Metadata.Labels = Workloads.App("other");
        Api.Put(pod);
        await _harness.UntilAsync(() => Api.List<Pod>().Count == 3, "a replacement");
        Assert.Empty(Api.Find<Pod>("default", pod.Metadata.Name)!.Metadata.OwnerReferences.OrEmpty());
    }

    [Fact]
    public async Task Reconcile_CreationRefused_SaysSoAndTriesAgain()
    {
        var refuse = true;
        Api.Refuse = r => refuse && r.Verb == ApiVerbs.Create && r.Resource.Resource == "pods"
            ? StatusException.Forbidden(r.Resource.GroupResource, "", "exceeded quota") : null;
        Api.Put(Workloads.ReplicaSet(8));
        await _harness.StartAsync(c => new ReplicaController<ReplicaSet>("replicaset-controller", c, new ReplicaSetKind()));
        await _harness.UntilAsync(() => Set.Status.Conditions is { Count: 1 }, "the condition");
        Assert.Equal(("ReplicaFailure", "FailedCreate"), (Set.Status.Conditions![0].Type, Set.Status.Conditions[0].Reason));
        Assert.True(Api.Requests.Count(r => r.Verb == ApiVerbs.Create && r.Resource.Resource == "pods") < 8, "slow start stops early");
        refuse = false;
        await _harness.AdvanceUntilAsync(() => Api.List<Pod>().Count == 8 && Set.Status.Conditions is null or { Count: 0 }, "it recovers");
    }

    [Fact]
    public async Task Reconcile_MinReadySeconds_AvailableLater()
    {
        var set = Workloads.ReplicaSet(1);
        set.Spec.MinReadySeconds = 30;
        Api.Put(set);
        await _harness.StartAsync(c => new ReplicaController<ReplicaSet>("replicaset-controller", c, new ReplicaSetKind()));
        await _harness.UntilAsync(() => Api.List<Pod>().Count == 1, "the pod");
        Workloads.RunPods(_harness);
        await _harness.UntilAsync(() => Set.Status.ReadyReplicas == 1, "ready");
        Assert.Equal(0, Set.Status.AvailableReplicas);
        await _harness.AdvanceUntilAsync(() => Set.Status.AvailableReplicas == 1, "available", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Reconcile_AnswerLostAndCacheLate_CreatesNothingTwice()
    {
        var lost = 0;
        Api.LoseAnswer = r => r.Verb == ApiVerbs.Create && r.Resource.Resource == "pods" && ++lost == 1 ? new ApiConnectionException("connection reset by peer") : null;
        Api.HoldWatches();
        Api.Put(Workloads.ReplicaSet(5));
        await _harness.StartAsync(c => new ReplicaController<ReplicaSet>("replicaset-controller", c, new ReplicaSetKind()));
        await _harness.UntilAsync(() => Api.List<Pod>().Count == 1, "the pod of the lost answer");
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.Single(Api.List<Pod>());
        Api.ReleaseWatches();
        await _harness.AdvanceUntilAsync(() => Set.Status.Replicas == 5, "all are counted");
        Assert.Equal(5, Api.List<Pod>().Count);
    }

    [Fact]
    public async Task Reconcile_DeletionRefusedOrItsAnswerLost_EndsWithTheRightNumber()
    {
        await StartAsync(4);
        var (refused, lost) = (0, 0);
        Api.Refuse = r => r.Verb == ApiVerbs.Delete && ++refused == 1 ? StatusException.Conflict(r.Resource.GroupResource, r.Name!) : null;
        Api.LoseAnswer = r => r.Verb == ApiVerbs.Delete && ++lost == 1 ? new ApiConnectionException("connection reset by peer") : null;
        Api.Put(Scaled(1));
        await _harness.AdvanceUntilAsync(() => Set.Status.Replicas == 1, "three pods go");
        Assert.Single(Api.List<Pod>());
    }

    [Theory]
    [InlineData("Running", false, true)]
    [InlineData("Succeeded", false, false)]
    [InlineData("Failed", false, false)]
    [InlineData("Running", true, false)]
    public async Task Reconcile_OrphanThatIsNotActive_IsLeftAlone(string phase, bool isGoing, bool adopted)
    {
        var orphan = Workloads.Pod("orphan");
        orphan.Status.Phase = phase;
        if (isGoing) (orphan.Metadata.DeletionTimestamp, orphan.Metadata.Finalizers) = (_harness.Time.GetUtcNow(), ["example.com/hold"]);
        Api.Put(orphan);
        Api.Put(Workloads.ReplicaSet(1));
        await _harness.StartAsync(c => new ReplicaController<ReplicaSet>("replicaset-controller", c, new ReplicaSetKind()));
        await _harness.UntilAsync(() => Set.Status.Replicas == 1, "one active pod");
        Assert.Equal(adopted, Api.Find<Pod>("default", "orphan")!.Metadata.OwnerReferences is { Count: 1 });
        Assert.Equal(0, Set.Status.TerminatingReplicas);
    }

    [Fact]
    public async Task Reconcile_NamespaceIsGoing_IsNoFailure()
    {
        Api.Refuse = r =>
        {
            if (r is not { Verb: ApiVerbs.Create, Resource.Resource: "pods" }) return null;
            var refusal = StatusException.Forbidden(r.Resource.GroupResource, "", "the namespace is being terminated");
            refusal.Status.Details!.Causes = [new() { Reason = "NamespaceTerminating" }];
            return refusal;
        };
        Api.Put(Workloads.ReplicaSet(3));
        await _harness.StartAsync(c => new ReplicaController<ReplicaSet>("replicaset-controller", c, new ReplicaSetKind()));
        await _harness.UntilAsync(() => Set.Status.ObservedGeneration == 1, "looked at");
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(Set.Status.Conditions.OrEmpty());
        Assert.DoesNotContain(Api.List<Event>(), e => e.Type == "Warning");
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private async Task StartAsync(int replicas)
    {
        Api.Put(Workloads.ReplicaSet(replicas));
        await _harness.StartAsync(c => new ReplicaController<ReplicaSet>("replicaset-controller", c, new ReplicaSetKind()));
        await _harness.UntilAsync(() => Api.List<Pod>().Count == replicas && Set.Status.Replicas == replicas, $"{replicas} pods");
    }

    private ReplicaSet Scaled(int replicas)
    {
        var copy = Set.DeepClone();
        copy.Spec.Replicas = replicas;
        return copy;
    }

    private ReplicaSet Touched()
    {
        var copy = Set.DeepClone();
        copy.Metadata.Annotations = new() { ["touched"] = "yes" };
        return copy;
    }
}
