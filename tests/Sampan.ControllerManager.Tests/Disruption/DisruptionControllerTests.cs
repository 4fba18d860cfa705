using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Policy.V1;
using Sampan.ControllerManager.Disruption;

namespace Sampan.ControllerManager.Tests.Disruption;

public sealed class DisruptionControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private PodDisruptionBudgetStatus Status => Api.Find<PodDisruptionBudget>("default", "web")!.Status;

    [Theory]
    [InlineData("1", null, 10, 10, 1, 9)]
    [InlineData("4", null, 10, 8, 4, 4)]
    [InlineData("40%", null, 10, 8, 4, 4)]
    [InlineData("45%", null, 10, 8, 5, 3)]
    [InlineData("20", null, 10, 10, 20, 0)]
    [InlineData(null, "3", 10, 9, 7, 2)]
    [InlineData(null, "25%", 10, 10, 7, 3)]
    [InlineData(null, "0", 10, 10, 10, 0)]
    [InlineData(null, "20", 10, 1, 0, 1)]
    public async Task Reconcile_Policy_CountsWhatMayGo(string? min, string? max, int replicas, int ready, int desired, int allowed)
    {
        PutPods(Put(Workloads.ReplicaSet(replicas)), replicas, ready);
        await StartAsync(min, max);
        Assert.Equal((ready, desired, replicas, allowed), (Status.CurrentHealthy, Status.DesiredHealthy, Status.ExpectedPods, Status.DisruptionsAllowed));
        var condition = Assert.Single(Status.Conditions!);
        Assert.Equal(("DisruptionAllowed", allowed > 0 ? "True" : "False", allowed > 0 ? "SufficientPods" : "InsufficientPods"), (condition.Type, condition.Status, condition.Reason));
        Assert.Equal(1, Status.ObservedGeneration);
    }

    [Fact]
    public async Task Reconcile_SetOfADeployment_CountsTheDeployment()
    {
        var deployment = Put(Workloads.Deployment(5));
        var set = Workloads.ReplicaSet(2);
        set.Metadata.OwnerReferences = [Common.OwnerReferences.ControllerRef(deployment)];
        PutPods(Put(set), 2, 2);
        await StartAsync(null, "2");
        Assert.Equal((5, 3, 0), (Status.ExpectedPods, Status.DesiredHealthy, Status.DisruptionsAllowed));
    }

    [Theory]
    [InlineData("28%", null)]
    [InlineData(null, "1")]
    public async Task Reconcile_PodWithoutAWorkload_CountsForNothingAndSaysSo(string? min, string? max)
    {
        Api.Put(Workloads.Pod("web-0", ready: true));
        await StartAsync(min, max);
        Assert.Equal((1, 0, 0), (Status.CurrentHealthy, Status.ExpectedPods, Status.DisruptionsAllowed));
        Assert.Equal("InsufficientPods", Assert.Single(Status.Conditions!).Reason);
        await _harness.UntilAsync(
            () => Api.List<Event>().Exists(e => e.Reason == "UnmanagedPods" && e.Message?.Contains("(selector: &LabelSelector{MatchLabels:map[string]string{app: web,},MatchExpressions:[]LabelSelectorRequirement{},})", StringComparison.Ordinal) == true), "the event");
    }

    [Theory]
    [InlineData("apps.test.io/v1", "TestWorkload", "no matches for kind \"TestWorkload\" in group \"apps.test.io\"")]
    [InlineData("apps/v1", "ReplicaSet", "found no controllers for pod \"web-0\"")]
    public async Task Reconcile_WorkloadThatNobodyKnows_AllowsNothingAndSaysWhy(string version, string kind, string why)
    {
        var pod = Workloads.Pod("web-0", ready: true);
        pod.Metadata.OwnerReferences = [new() { ApiVersion = version, Kind = kind, Name = "gone", Uid = "gone", Controller = true }];
        Api.Put(pod);
        await StartAsync("28%", null);
        var condition = Assert.Single(Status.Conditions!);
        Assert.Equal((0, "False", "SyncFailed", why), (Status.DisruptionsAllowed, condition.Status, condition.Reason, condition.Message));
        Assert.Equal(0, Status.ObservedGeneration);
        await _harness.UntilAsync(() => Api.List<Event>().Exists(e => e is { Reason: "CalculateExpectedPodCountFailed", Type: "Warning" }), "the event");
    }

    [Fact]
    public async Task Reconcile_TwoWorkloads_CountsBoth()
    {
        PutPods(Put(Workloads.ReplicaSet(11)), 11, 5);
        var other = Api.Put(new ReplicationController { Metadata = new() { Namespace = "default", Name = "other" }, Spec = new() { Replicas = 11, Selector = Workloads.App() } });
        for (var i = 0; i < 11; i++)
        {
            var pod = Workloads.Pod($"other-{i}", ready: i < 4);
            pod.Metadata.OwnerReferences = [Common.OwnerReferences.ControllerRef(other)];
            Api.Put(pod);
        }

        await StartAsync("28%", null);
        Assert.Equal((22, 7, 9, 2), (Status.ExpectedPods, Status.DesiredHealthy, Status.CurrentHealthy, Status.DisruptionsAllowed));
    }

    [Theory]
    [InlineData(null, "2", 7, 5, 5, 3)]
    [InlineData(null, "30%", 7, 4, 3, 2)]
    [InlineData("34%", null, 3, 2, 6, 3)]
    public async Task Reconcile_WorkloadIsScaled_CountsAnew(string? min, string? max, int replicas, int desired, int scaled, int then)
    {
        var set = Put(Workloads.ReplicaSet(replicas));
        PutPods(set, 1, 1);
        await StartAsync(min, max);
        Assert.Equal((replicas, desired), (Status.ExpectedPods, Status.DesiredHealthy));
        var copy = set.DeepClone();
        copy.Spec.Replicas = scaled;
        Api.Put(copy);
        await _harness.UntilAsync(() => Status.ExpectedPods == scaled && Status.DesiredHealthy == then, "the new size");
    }

    [Fact]
    public async Task Reconcile_PodsAreDisrupted_ForgetsThoseThatGoAndThoseThatStay()
    {
        var (now, set) = (_harness.Time.GetUtcNow(), Put(Workloads.ReplicaSet(3)));
        var pods = PutPods(set, 3, 3);
        var going = pods[0].DeepClone();
        going.Metadata.DeletionTimestamp = now;
        going.Metadata.Finalizers = ["test/hold"];
        Api.Put(going);
        await StartAsync("1", null, b => b.Status.DisruptedPods = new() { ["web-0"] = now, ["web-1"] = now.AddMinutes(-3), ["web-2"] = now.AddMinutes(-1), ["gone"] = now });
        Assert.Equal((1, 3, 0), (Status.CurrentHealthy, Status.ExpectedPods, Status.DisruptionsAllowed));
        Assert.Equal("web-2", Assert.Single(Status.DisruptedPods!).Key);
        await _harness.UntilAsync(() => Api.List<Event>().Exists(e => e is { Reason: "NotDeleted", InvolvedObject.Name: "web-1" }), "the event");
    }

    [Fact]
    public async Task Reconcile_NoPods_AllowsNothing()
    {
        await StartAsync("0", null);
        Assert.Equal((0, 0), (Status.ExpectedPods, Status.DisruptionsAllowed));
    }

    [Fact]
    public async Task Reconcile_PodBecomesReady_FollowsIt()
    {
        var pods = PutPods(Put(Workloads.ReplicaSet(2)), 2, 1);
        await StartAsync("1", null);
        Assert.Equal(0, Status.DisruptionsAllowed);
        var copy = pods[1].DeepClone();
        copy.Status.Conditions = [new PodCondition { Type = "Ready", Status = "True" }];
        Api.Put(copy);
        await _harness.UntilAsync(() => Status.DisruptionsAllowed == 1, "one may go");
    }

    [Fact]
    public async Task Reconcile_EvictedPodThatStays_CountsAgainAfterTwoMinutes()
    {
        PutPods(Put(Workloads.ReplicaSet(3)), 3, 3);
        await StartAsync("1", null, b => b.Status.DisruptedPods = new() { ["web-0"] = _harness.Time.GetUtcNow(), ["gone"] = _harness.Time.GetUtcNow() });
        Assert.Equal((2, 1), (Status.CurrentHealthy, Status.DisruptionsAllowed));
        Assert.Equal("web-0", Assert.Single(Status.DisruptedPods!).Key);
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(121));
        Assert.Equal((3, 2, null), (Status.CurrentHealthy, Status.DisruptionsAllowed, Status.DisruptedPods));
    }

    [Fact]
    public async Task Reconcile_PodOfTwoBudgets_SaysSoOnThePodAndCountsForBoth()
    {
        PutPods(Put(Workloads.ReplicaSet(1)), 1, 1);
        await StartAsync("1", null);
        var other = Api.Find<PodDisruptionBudget>("default", "web")!.DeepClone();
        (other.Metadata.Name, other.Metadata.Uid, other.Metadata.ResourceVersion) = ("again", "", "");
        Api.Put(other);
        await _harness.UntilAsync(() => Api.Find<PodDisruptionBudget>("default", "again")!.Status.ExpectedPods == 1, "counted");
        var pod = Api.List<Pod>()[0].DeepClone();
        pod.Metadata.Annotations = new() { ["seen"] = "again" };
        Api.Put(pod);
        var message = $"Pod \"default\"/\"{pod.Metadata.Name}\" matches multiple PodDisruptionBudgets.  Chose \"again\" arbitrarily.";
        await _harness.UntilAsync(() => Api.List<Event>().Exists(e => e is { Type: "Warning", Reason: "MultiplePodDisruptionBudgets" } && e.Message == message), "the event");
    }

    [Theory]
    [InlineData("EvictionByEvictionAPI", "False")]
    [InlineData("TerminationByKubelet", "True")]
    public async Task Reconcile_StaleDisruptionTarget_IsTakenBack(string reason, string after)
    {
        var pod = Workloads.Pod("web-0");
        pod.Status.Conditions = [new PodCondition { Type = "DisruptionTarget", Status = "True", Reason = reason, LastTransitionTime = _harness.Time.GetUtcNow() }];
        Api.Put(pod);
        await _harness.StartAsync(c => new StaleDisruptionController(c));
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(119));
        Assert.Equal("True", Condition());
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(after, Condition());

        string Condition() => Api.Find<Pod>("default", "web-0")!.Status.Conditions!.Single(c => c.Type == "DisruptionTarget").Status;
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private T Put<T>(T obj)
        where T : class, IObject<T> => Api.Put(obj);

    private List<Pod> PutPods(ReplicaSet owner, int count, int ready) => [.. Enumerable.Range(0, count).Select(i =>
    {
        var pod = Workloads.Pod($"web-{i}", ready: i < ready);
        pod.Metadata.OwnerReferences = [Common.OwnerReferences.ControllerRef(owner)];
        return Api.Put(pod);
    })];

    private async Task StartAsync(string? min, string? max, Action<PodDisruptionBudget>? change = null)
    {
        var budget = new PodDisruptionBudget
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "web" },
            Spec = new PodDisruptionBudgetSpec
            {
                Selector = new LabelSelector { MatchLabels = Workloads.App() },
                MinAvailable = min is null ? (IntOrString?)null : IntOrString.Parse(min),
                MaxUnavailable = max is null ? (IntOrString?)null : IntOrString.Parse(max),
            },
        };
        change?.Invoke(budget);
        Api.Put(budget);
        await _harness.StartAsync(c => new DisruptionController(c));
        await _harness.UntilAsync(() => Status.Conditions is not null, "counted");
    }
}
