using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Deployments;
using Sampan.ControllerManager.ReplicaSets;

namespace Sampan.ControllerManager.Tests.Deployments;

public sealed class DeploymentControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private Deployment Current => Api.Find<Deployment>("default", "web")!;

    private List<ReplicaSet> Sets => Api.List<ReplicaSet>();

    [Fact]
    public async Task Reconcile_New_RollsOutFirstRevision()
    {
        await RolledOutAsync(Workloads.Deployment(3));
        var set = Assert.Single(Sets);
        Assert.Equal(set.Metadata.Labels!["pod-template-hash"], set.Spec.Selector!.MatchLabels!["pod-template-hash"]);
        Assert.Equal("1", Current.Metadata.Annotations!["deployment.kubernetes.io/revision"]);
        Assert.Equal("NewReplicaSetAvailable", Condition("Progressing")!.Reason);
        Assert.Equal("True", Condition("Available")!.Status);
    }

    [Fact]
    public async Task Reconcile_NewImage_RollsWithinSurgeAndAvailability()
    {
        await RolledOutAsync(Workloads.Deployment(8));
        Api.Put(With(d => d.Spec.Template = Workloads.Template("two")));
        var (mostPods, fewestReady) = (0, int.MaxValue);
        await _harness.UntilAsync(
            () =>
            {
                var pods = Api.List<Pod>();
                mostPods = Math.Max(mostPods, Sets.Sum(s => s.Spec.Replicas ?? 0));
                fewestReady = Math.Min(fewestReady, pods.Count(p => p.Status.Conditions is { Count: > 0 }));
                Workloads.RunPods(_harness);
                return IsComplete() && pods.TrueForAll(p => p.Spec.Containers[0].Image == "two");
            },
            "the second revision");
        Assert.True(mostPods <= 10, $"{mostPods} pods asked for at once");
        Assert.True(fewestReady >= 6, $"only {fewestReady} ready");
        Assert.Equal("2", Current.Metadata.Annotations!["deployment.kubernetes.io/revision"]);
    }

    [Fact]
    public async Task Reconcile_OldTemplateAgain_ReusesItsReplicaSetAsNewestRevision()
    {
        await RolledOutAsync(Workloads.Deployment(2));
        await ChangedAsync(d => d.Spec.Template = Workloads.Template("two"));
        await ChangedAsync(d => d.Spec.Template = Workloads.Template("one"));
        Assert.Equal(2, Sets.Count);
        var active = Sets.Single(s => s.Spec.Replicas > 0);
        Assert.Equal("one", active.Spec.Template.Spec.Containers[0].Image);
        Assert.Equal("3", active.Metadata.Annotations!["deployment.kubernetes.io/revision"]);
        Assert.Equal("1", active.Metadata.Annotations["deployment.kubernetes.io/revision-history"]);
    }

    [Fact]
    public async Task Reconcile_Recreate_StopsAllBeforeStartingAny()
    {
        var deployment = Workloads.Deployment(3);
        deployment.Spec.Strategy = new DeploymentStrategy { Type = "Recreate" };
        await RolledOutAsync(deployment);
        Api.Put(With(d => d.Spec.Template = Workloads.Template("two")));
        var mixed = false;
        await _harness.UntilAsync(
            () =>
            {
                mixed |= Api.List<Pod>().Select(p => p.Spec.Containers[0].Image).Distinct().Count() > 1;
                Workloads.RunPods(_harness);
                return IsComplete() && Api.List<Pod>().TrueForAll(p => p.Spec.Containers[0].Image == "two");
            },
            "recreated");
        Assert.False(mixed);
    }

    [Fact]
    public async Task Reconcile_RecreateAndAnOldReplicaSetThatStillCountsPods_DoesNotStartNewOnes()
    {
        var deployment = Workloads.Deployment(1);
        deployment.Spec.Strategy = new DeploymentStrategy { Type = "Recreate" };
        Api.Put(deployment);
        await _harness.StartAsync(c => new DeploymentController(c));
        await _harness.UntilAsync(() => Sets.Count == 1, "the first set");
        Api.Put(Counting(1));
        Api.Put(With(d => d.Spec.Template = Workloads.Template("two")));
        await _harness.UntilAsync(() => Assert.Single(Sets).Spec.Replicas == 0, "its pods are to go");
        Assert.Single(Sets);

        Api.Put(Counting(0));
        await _harness.UntilAsync(() => Sets.Count == 2, "the second set");

        ReplicaSet Counting(int replicas)
        {
            var set = Sets[0].DeepClone();
            (set.Status.Replicas, set.Status.ObservedGeneration) = (replicas, set.Metadata.Generation);
            return set;
        }
    }

    [Fact]
    public async Task Reconcile_HistoryLimit_KeepsTheLatest()
    {
        var deployment = Workloads.Deployment(1);
        deployment.Spec.RevisionHistoryLimit = 1;
        await RolledOutAsync(deployment);
        foreach (var image in (string[])["two", "three", "four"]) await ChangedAsync(d => d.Spec.Template = Workloads.Template(image));
        await _harness.UntilAsync(() => Sets.Count == 2, "old sets go");
        Assert.Equal(["four", "three"], Sets.Select(s => s.Spec.Template.Spec.Containers[0].Image).Order());
    }

    [Fact]
    public async Task Reconcile_Paused_ScalesButDoesNotRoll()
    {
        await RolledOutAsync(Workloads.Deployment(2));
        Api.Put(With(d =>
        {
            d.Spec.Paused = true;
            d.Spec.Replicas = 4;
            d.Spec.Template = Workloads.Template("two");
        }));
        await _harness.UntilAsync(() => Api.List<Pod>().Count == 4 && Condition("Progressing")?.Reason == "DeploymentPaused", "four pods, paused");
        Assert.Single(Sets);
        await ChangedAsync(d => d.Spec.Paused = false);
        Assert.All(Api.List<Pod>(), p => Assert.Equal("two", p.Spec.Containers[0].Image));
    }

    [Fact]
    public async Task Reconcile_NoProgress_SaysSoAtTheDeadline()
    {
        var deployment = Workloads.Deployment(1);
        deployment.Spec.ProgressDeadlineSeconds = 60;
        Api.Put(deployment);
        await StartAsync();
        await _harness.UntilAsync(() => Api.List<Pod>().Count == 1, "the pod");
        await _harness.AdvanceUntilAsync(() => Condition("Progressing")?.Status == "False", "the deadline", TimeSpan.FromSeconds(1));
        Assert.Equal("ProgressDeadlineExceeded", Condition("Progressing")!.Reason);
        Workloads.RunPods(_harness);
        await _harness.AdvanceUntilAsync(() => Condition("Progressing")!.Reason == "NewReplicaSetAvailable", "it recovers");
    }

    [Fact]
    public async Task Reconcile_ResizedMidway_KeepsTheMix()
    {
        var deployment = Workloads.Deployment(10);
        deployment.Spec.Strategy.RollingUpdate = new RollingUpdateDeployment { MaxSurge = 3, MaxUnavailable = 2 };
        await RolledOutAsync(deployment);
        Api.Put(With(d => d.Spec.Template = Workloads.Template("two")));
        await _harness.UntilAsync(() => SizesAre(8, 5), "midway");
        await _harness.UntilAsync(() => Current.Status is { AvailableReplicas: 8, UpdatedReplicas: 5 }, "the status");
        Api.Put(With(d => d.Spec.Replicas = 15));
        await _harness.UntilAsync(() => SizesAre(11, 7), "proportionally larger");
    }

    [Fact]
    public async Task Reconcile_OldSetShrunkMidwayToTheNewSize_StillRollsOut()
    {
        await RolledOutAsync(Workloads.Deployment(1));
        var set = Assert.Single(Sets).DeepClone();
        set.Metadata.Annotations!["deployment.kubernetes.io/desired-replicas"] = "3";
        Api.Put(set);
        await ChangedAsync(d => d.Spec.Template = Workloads.Template("two"));
        Assert.Equal(["two"], Api.List<Pod>().Select(p => p.Spec.Containers[0].Image));
    }

    [Fact]
    public async Task Reconcile_PodsOnTheirWayOut_AreCountedAsTerminating()
    {
        await RolledOutAsync(Workloads.Deployment(3));
        var going = Api.List<Pod>()[0].DeepClone();
        (going.Metadata.DeletionTimestamp, going.Metadata.Finalizers) = (_harness.Time.GetUtcNow(), ["example.com/hold"]);
        Api.Put(going);
        await _harness.AdvanceUntilAsync(() => Current.Status is { TerminatingReplicas: 1 } && Api.List<Pod>().Count == 4, "one is going, and replaced");
        Api.Remove<Pod>("default", going.Metadata.Name);
        await _harness.AdvanceUntilAsync(() => Current.Status.TerminatingReplicas == 0, "gone");
    }

    [Fact]
    public async Task Reconcile_HashTaken_TakesAnotherName()
    {
        var deployment = Workloads.Deployment(1);
        var hash = Common.TemplateHash.Of(deployment.Spec.Template, null);
        var stranger = Workloads.ReplicaSet(0, $"web-{hash}");
        stranger.Spec.Selector = new LabelSelector { MatchLabels = Workloads.App("stranger") };
        stranger.Metadata.Labels = Workloads.App("stranger");
        stranger.Spec.Template.Metadata.Labels = Workloads.App("stranger");
        Api.Put(stranger);
        await RolledOutAsync(deployment);
        Assert.Equal(1, Current.Status.CollisionCount);
        Assert.Equal(2, Sets.Count);
    }

    [Theory]
    [InlineData(10, "25%", "25%", 3, 2)]
    [InlineData(1, "25%", "25%", 1, 0)]
    [InlineData(2, "0%", "0%", 0, 1)]
    [InlineData(3, "0%", "100%", 0, 3)]
    public void Fenceposts_Percentages_RoundSurgeUpAndUnavailableDown(int replicas, string surge, string unavailable, int maxSurge, int maxUnavailable)
    {
        var deployment = Workloads.Deployment(replicas);
        deployment.Spec.Strategy.RollingUpdate = new RollingUpdateDeployment { MaxSurge = surge, MaxUnavailable = unavailable };
        Assert.Equal(new Fenceposts(maxSurge, maxUnavailable), Fenceposts.Of(deployment));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private Task StartAsync() => _harness.StartAsync(c => new DeploymentController(c), c => new ReplicaController<ReplicaSet>("replicaset-controller", c, new ReplicaSetKind()));

    private async Task RolledOutAsync(Deployment deployment)
    {
        Api.Put(deployment);
        await StartAsync();
        await CompleteAsync();
    }

    private async Task ChangedAsync(Action<Deployment> change)
    {
        Api.Put(With(change));
        await CompleteAsync();
    }

    private Task CompleteAsync() => _harness.AdvanceUntilAsync(
        () =>
        {
            Workloads.RunPods(_harness);
            return IsComplete() && Condition("Progressing")?.Reason == "NewReplicaSetAvailable";
        },
        "the rollout completes",
        TimeSpan.FromMilliseconds(10));

    private bool IsComplete() => Current.Status.ObservedGeneration == Current.Metadata.Generation && Progress.IsComplete(Current, Current.Status);

    private bool SizesAre(int old, int current) => Sets.Count == 2
        && Sets.Find(s => s.Spec.Template.Spec.Containers[0].Image == "one")?.Spec.Replicas == old
        && Sets.Find(s => s.Spec.Template.Spec.Containers[0].Image == "two")?.Spec.Replicas == current;

    private DeploymentCondition? Condition(string type) => Current.Status.Conditions?.Find(c => c.Type == type);

    private Deployment With(Action<Deployment> change)
    {
        var copy = Current.DeepClone();
        change(copy);
        return copy;
    }
}
