using Sampan.Api.Core.V1;
using Sampan.ControllerManager.ReplicaSets;

namespace Sampan.ControllerManager.Tests.ReplicaSets;

public sealed class ReplicationControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private ReplicationController Controller => Api.Find<ReplicationController>("default", "web")!;

    [Fact]
    public async Task Reconcile_NewController_KeepsItsPodsAndStatus()
    {
        await StartAsync(2);
        Workloads.RunPods(_harness);
        await _harness.UntilAsync(() => Controller.Status is { Replicas: 2, ReadyReplicas: 2, AvailableReplicas: 2, ObservedGeneration: 1 }, "all ready");
        var copy = Controller.DeepClone();
        copy.Spec.Replicas = 1;
        Api.Put(copy);
        await _harness.UntilAsync(() => Api.List<Pod>().Count == 1 && Controller.Status.Replicas == 1, "one is left");
        Api.Remove<Pod>("default", Api.List<Pod>()[0].Metadata.Name);
        await _harness.UntilAsync(() => Api.List<Pod>().Count == 1, "it is replaced");
    }

    [Fact]
    public async Task Reconcile_MatchingOrphan_IsAdoptedAndReleasedWithItsLabels()
    {
        Api.Put(Workloads.Pod("orphan"));
        await StartAsync(1);
        Assert.Equal(Controller.Metadata.Uid, Api.Find<Pod>("default", "orphan")!.Metadata.OwnerReferences!.Single().Uid);
        var copy = Api.Find<Pod>("default", "orphan")!.DeepClone();
        copy.Metadata.Labels = Workloads.App("other");
        Api.Put(copy);
        await _harness.UntilAsync(() => Api.List<Pod>().Count == 2, "a replacement");
        Assert.Empty(Api.Find<Pod>("default", "orphan")!.Metadata.OwnerReferences.OrEmpty());
    }

    [Fact]
    public async Task Reconcile_CreationRefused_ShowsAndClearsTheFailure()
    {
        Api.Refuse = r => r.Verb == ApiVerbs.Create && r.Resource.Resource == "pods"
            ? StatusException.Forbidden(r.Resource.GroupResource, "", "exceeded quota") : null;
        Put(3);
        await _harness.StartAsync(Create);
        await _harness.UntilAsync(() => Controller.Status.Conditions is { Count: 1 }, "the condition");
        Assert.Equal(("ReplicaFailure", "True", "FailedCreate"), (Controller.Status.Conditions![0].Type, Controller.Status.Conditions[0].Status, Controller.Status.Conditions[0].Reason));
        Api.Refuse = null;
        await _harness.AdvanceUntilAsync(() => Api.List<Pod>().Count == 3 && Controller.Status.Conditions is null or { Count: 0 }, "it recovers");
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static IComponent Create(ControllerContext context) =>
        new ReplicaController<ReplicationController>("replication-controller", context, new ReplicationControllerKind());

    private void Put(int replicas) => Api.Put(new ReplicationController
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = "web" },
        Spec = new ReplicationControllerSpec { Replicas = replicas, Selector = Workloads.App(), Template = Workloads.Template("one") },
    });

    private async Task StartAsync(int replicas)
    {
        Put(replicas);
        await _harness.StartAsync(Create);
        await _harness.UntilAsync(() => Api.List<Pod>().Count == replicas && Controller.Status.Replicas == replicas, $"{replicas} pods");
    }
}
