using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Deployments;
using Sampan.ControllerManager.ReplicaSets;

namespace Sampan.ControllerManager.Tests.Deployments;

/// <summary>What a rollout costs the API server: a number must not be written twice, nor written while it is about to change.</summary>
public sealed class RolloutWritesTests : IAsyncDisposable
{
    private readonly Harness _harness = new();
    private int _puts;
    private int _done;

    private FakeApi Api => _harness.Api;

    [Theory]
    [InlineData(10, 24)]
    [InlineData(40, 24)]
    public async Task Reconcile_NewImage_WritesNoMoreThanItMust(int replicas, int most)
    {
        Api.LoseAnswer = r =>
        {
            if (IsWrite(r)) Interlocked.Increment(ref _done);
            return null;
        };
        await _harness.StartAsync(c => new DeploymentController(c), c => new ReplicaController<ReplicaSet>("replicaset-controller", c, new ReplicaSetKind()));
        Api.Put(Workloads.Deployment(replicas));
        await CompletesAsync("one");
        var (before, revision, putsBefore, doneBefore) = (Writes(), Api.Revision, _puts, _done);
        var next = Api.List<Deployment>().Single().DeepClone();
        next.Spec.Template = Workloads.Template("two");
        Assert.True(Put(next));
        await CompletesAsync("two");
        Assert.Equal(2 * replicas, Writes()["pods"] - before["pods"]);
        var sizes = Writes()["replicasets"] - before["replicasets"] + Writes()["deployments"] - before["deployments"];
        Assert.True(sizes <= most, $"{sizes} writes of sets and Deployment");
        Assert.True(Api.Revision - revision == _puts - putsBefore + _done - doneBefore, "a write that changed nothing");
    }

    [Fact]
    public async Task Reconcile_RolledOut_WritesNothingMore()
    {
        await _harness.StartAsync(c => new DeploymentController(c), c => new ReplicaController<ReplicaSet>("replicaset-controller", c, new ReplicaSetKind()));
        Api.Put(Workloads.Deployment(5));
        await CompletesAsync("one");
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(1));
        var before = Api.Writes.Count();
        await _harness.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(before, Api.Writes.Count());
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static bool IsWrite(ApiRequest request) => request.Verb is ApiVerbs.Create or ApiVerbs.Update or ApiVerbs.Patch or ApiVerbs.Delete;

    private Dictionary<string, int> Writes() => Api.Writes.CountBy(r => r.Resource.Resource).ToDictionary();

    private bool Put<T>(T obj)
        where T : class, IObject<T>
    {
        if (!Api.TryPut(obj)) return false;
        Interlocked.Increment(ref _puts);
        return true;
    }

    /// <summary>All pods that have come begin to run together, once the controllers have done what they can.</summary>
    private Task CompletesAsync(string image) => _harness.AdvanceUntilAsync(
        () =>
        {
            foreach (var pod in Api.List<Pod>().Where(p => p.Status.Conditions is not { Count: > 0 }))
            {
                var copy = pod.DeepClone();
                copy.Status = new() { Phase = "Running", Conditions = [new() { Type = "Ready", Status = "True", LastTransitionTime = _harness.Time.GetUtcNow() }] };
                Put(copy);
            }

            var (deployment, pods) = (Api.List<Deployment>().Single(), Api.List<Pod>());
            return Progress.IsComplete(deployment, deployment.Status) && pods.Count == deployment.Spec.Replicas && pods.TrueForAll(p => p.Spec.Containers[0].Image == image);
        },
        $"all run {image}");
}
