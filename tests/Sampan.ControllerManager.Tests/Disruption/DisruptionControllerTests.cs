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
