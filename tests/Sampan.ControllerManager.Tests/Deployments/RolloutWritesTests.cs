using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Deployments;
using Sampan.ControllerManager.ReplicaSets;

namespace Sampan.ControllerManager.Tests.Deployments;

/// <summary>What a Deployment costs the API server.</summary>
public sealed class RolloutWritesTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    [Fact]
    public async Task Reconcile_RolledOut_WritesNothingMore()
    {
        await _harness.StartAsync(c => new DeploymentController(c), c => new ReplicaController<ReplicaSet>("replicaset-controller", c, new ReplicaSetKind()));
        Api.Put(Workloads.Deployment(5));
        await CompletesAsync("one");
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(1));
        var before = Api.Writes.Count(r => r.Resource.Resource != "events");
        await _harness.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(before, Api.Writes.Count(r => r.Resource.Resource != "events"));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    /// <summary>All pods that have come begin to run together, once the controllers have done what they can.</summary>
    private Task CompletesAsync(string image) => _harness.AdvanceUntilAsync(
        () =>
        {
            foreach (var pod in Api.List<Pod>().Where(p => p.Status.Conditions is not { Count: > 0 }))
            {
                var copy = pod.DeepClone();
                copy.Status = new() { Phase = "Running", Conditions = [new() { Type = "Ready", Status = "True", LastTransitionTime = _harness.Time.GetUtcNow() }] };
                Api.TryPut(copy);
            }

            var (deployment, pods) = (Api.List<Deployment>().Single(), Api.List<Pod>());
            return Progress.IsComplete(deployment, deployment.Status) && pods.Count == deployment.Spec.Replicas && pods.TrueForAll(p => p.Spec.Containers[0].Image == image);
        },
        $"all run {image}");
}
