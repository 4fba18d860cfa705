using Sampan.Api.Core.V1;
using Sampan.ControllerManager.PodGarbage;

namespace Sampan.ControllerManager.Tests.PodGarbage;

public sealed class PodGarbageCollectorTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    [Fact]
    public async Task Sweep_FinishedPodsBeyondTheLimit_OldestGo()
    {
        foreach (var name in (string[])["a", "b", "c", "d"])
        {
            Put(name, p => p.Status.Phase = name == "d" ? "Running" : "Succeeded");
            _harness.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await StartAsync(limit: 1);
        await _harness.AdvanceUntilAsync(() => Api.List<Pod>().Select(p => p.Metadata.Name).Order().SequenceEqual(["c", "d"]), "the oldest two go", TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Sweep_NodeOutOfService_ItsTerminatingPodsFailAndGo()
    {
        Api.Put(new Node
        {
            Metadata = new() { Name = "dead" },
            Spec = new() { Taints = [new() { Key = "node.kubernetes.io/out-of-service", Effect = "NoExecute" }] },
            Status = new() { Conditions = [new() { Type = "Ready", Status = "Unknown" }] },
        });
        Put("going", p => (p.Spec.NodeName, p.Metadata.DeletionTimestamp, p.Metadata.Finalizers) = ("dead", _harness.Time.GetUtcNow(), ["example.com/hold"]));
        Put("staying", p => p.Spec.NodeName = "dead");
        await StartAsync(limit: 10);
        await _harness.AdvanceUntilAsync(() => Api.Find<Pod>("default", "going")?.Status.Phase == "Failed", "it counts as failed", TimeSpan.FromSeconds(5));
        Assert.Null(Api.Find<Pod>("default", "going")!.Status.Conditions?.Find(c => c.Type == "DisruptionTarget"));
        Assert.Equal("Running", Api.Find<Pod>("default", "staying")!.Status.Phase);
    }

    [Fact]
    public async Task Sweep_DeletedBeforeItHadANode_Goes()
    {
        Put("unbound", p => (p.Metadata.DeletionTimestamp, p.Metadata.Finalizers) = (_harness.Time.GetUtcNow(), ["example.com/hold"]));
        await StartAsync(limit: 10);
        await _harness.AdvanceUntilAsync(() => Api.Requests.Any(r => r is { Verb: ApiVerbs.Delete, Name: "unbound" }), "it is deleted at once", TimeSpan.FromSeconds(5));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private Task StartAsync(int limit) => _harness.StartAsync(c => new PodGarbageCollector(c, limit));

    private void Put(string name, Action<Pod> change)
    {
        var pod = Workloads.Pod(name);
        change(pod);
        Api.Put(pod);
    }
}
