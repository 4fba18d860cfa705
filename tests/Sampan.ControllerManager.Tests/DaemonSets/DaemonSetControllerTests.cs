using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;
using Sampan.ControllerManager.DaemonSets;

namespace Sampan.ControllerManager.Tests.DaemonSets;

public sealed class DaemonSetControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private DaemonSet Set => Api.Find<DaemonSet>("default", "agent")!;

    private List<string> Places => Api.List<Pod>().Select(p => NodeFit.NodeOf(p)!).Order().ToList();

    [Fact]
    public async Task Reconcile_Nodes_OnePodEach()
    {
        PutNodes(3);
        await StartAsync();
        await _harness.UntilAsync(() => Places is ["n0", "n1", "n2"], "a pod per node");
        PutNode("n3");
        await _harness.UntilAsync(() => Places is ["n0", "n1", "n2", "n3"], "a pod on the new node");
        Workloads.RunPods(_harness);
        await _harness.UntilAsync(() => Set.Status is { DesiredNumberScheduled: 4, NumberReady: 4, UpdatedNumberScheduled: 4, NumberUnavailable: 0 }, "the status");
    }

    [Fact]
    public async Task Reconcile_PodOfTheSetsTemplateNumber_IsCurrentWhateverItsHash()
    {
        PutNodes(1);
        await StartAsync(s => s.Metadata.Annotations = new() { ["deprecated.daemonset.template.generation"] = "7" });
        await ReadyAsync(1);
        var pod = Api.List<Pod>()[0].DeepClone();
        Assert.Equal("7", pod.Metadata.Labels!["pod-template-generation"]);
        pod.Metadata.Labels["controller-revision-hash"] = "another-managers";
        Api.Put(pod);
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(pod.Metadata.Uid, Api.List<Pod>().Single().Metadata.Uid);
        Assert.Equal(1, Set.Status.UpdatedNumberScheduled);
    }

    [Fact]
    public async Task Reconcile_SelectorAndTaints_AreRespected()
    {
        PutNode("plain");
        PutNode("gpu", labels: new() { ["gpu"] = "yes" });
        PutNode("tainted", labels: new() { ["gpu"] = "yes" }, taint: new Taint { Key = "special", Effect = "NoSchedule" });
        PutNode("pressed", labels: new() { ["gpu"] = "yes" }, taint: new Taint { Key = "node.kubernetes.io/disk-pressure", Effect = "NoSchedule" });
        await StartAsync(s => s.Spec.Template.Spec.NodeSelector = new() { ["gpu"] = "yes" });
        await _harness.UntilAsync(() => Places is ["gpu", "pressed"], "where it belongs");
        PutNode("gpu");
        await _harness.UntilAsync(() => Places is ["pressed"], "gone where it does not belong any more");
    }

    [Fact]
    public async Task Reconcile_NewTemplate_RollsOneNodeAtATime()
    {
        PutNodes(4);
        await StartAsync();
        await ReadyAsync(4);
        Change(s => s.Spec.Template = Workloads.Template("two"));
        var mostDown = 0;
        await _harness.UntilAsync(
            () =>
            {
                mostDown = Math.Max(mostDown, 4 - Api.List<Pod>().Count(p => p.Status.Conditions is { Count: > 0 }));
                Workloads.RunPods(_harness);
                return Api.List<Pod>().Count == 4 && Api.List<Pod>().TrueForAll(p => p.Spec.Containers[0].Image == "two");
            },
            "rolled");
        Assert.Equal(1, mostDown);
        Assert.Equal([1L, 2L], Api.List<ControllerRevision>().Select(r => r.Revision).Order());
    }

    [Fact]
    public async Task Reconcile_RolledBackMidway_RestartsOnlyThePodsOfTheBadTemplate()
    {
        PutNodes(3);
        await StartAsync();
        await ReadyAsync(3);
        var before = Api.List<Pod>().Select(p => p.Metadata.Uid).ToList();
        Change(s => s.Spec.Template = Workloads.Template("bad"));
        await _harness.UntilAsync(() => Set.Status is { UpdatedNumberScheduled: 1, NumberUnavailable: 1 }, "one node runs the bad template and is not ready");
        Change(s => s.Spec.Template = Workloads.Template("one"));
        await _harness.UntilAsync(
            () =>
            {
                Workloads.RunPods(_harness, p => p.Spec.Containers[0].Image == "one");
                return Set.Status is { NumberAvailable: 3, UpdatedNumberScheduled: 3 };
            },
            "rolled back");
        Assert.All(Api.List<Pod>(), p => Assert.Equal("one", p.Spec.Containers[0].Image));
        Assert.Equal(2, before.Intersect(Api.List<Pod>().Select(p => p.Metadata.Uid)).Count());
        Assert.Equal([2L, 3L], Api.List<ControllerRevision>().Select(r => r.Revision).Order());
    }

    [Fact]
    public async Task Reconcile_TwoRevisionsOfOneTemplate_TakesTheNewerAndLeavesBoth()
    {
        PutNodes(1);
        await StartAsync();
        await ReadyAsync(1);
        var twin = Api.List<ControllerRevision>()[0].DeepClone();
        twin.Metadata = new ObjectMeta { Namespace = "default", Name = "agent-twin", Labels = twin.Metadata.Labels, OwnerReferences = twin.Metadata.OwnerReferences };
        twin.Revision = 2;
        Api.Put(twin);
        await _harness.SettleAsync();
        Assert.Equal([1L, 2L], Api.List<ControllerRevision>().Select(r => r.Revision).Order());
    }

    [Fact]
    public async Task Reconcile_Surge_OldStaysUntilNewIsAvailable()
    {
        PutNodes(2);
        await StartAsync(s => s.Spec.UpdateStrategy = new() { Type = "RollingUpdate", RollingUpdate = new() { MaxSurge = 1, MaxUnavailable = 0 } });
        await ReadyAsync(2);
        Change(s => s.Spec.Template = Workloads.Template("two"));
        var fewest = 2;
        await _harness.UntilAsync(
            () =>
            {
                fewest = Math.Min(fewest, Api.List<Pod>().Where(p => p.Status.Conditions is { Count: > 0 }).Select(NodeFit.NodeOf).Distinct().Count());
                Workloads.RunPods(_harness);
                return Api.List<Pod>().Count == 2 && Api.List<Pod>().TrueForAll(p => p.Spec.Containers[0].Image == "two");
            },
            "rolled");
        Assert.Equal(2, fewest);
    }

    [Fact]
    public async Task Reconcile_OnDelete_WaitsForTheUser()
    {
        PutNodes(2);
        await StartAsync(s => s.Spec.UpdateStrategy = new() { Type = "OnDelete" });
        await ReadyAsync(2);
        Change(s => s.Spec.Template = Workloads.Template("two"));
        await _harness.UntilAsync(() => Set.Status.UpdatedNumberScheduled == 0 && Set.Status.ObservedGeneration == 2, "noticed");
        Assert.All(Api.List<Pod>(), p => Assert.Equal("one", p.Spec.Containers[0].Image));
        Api.Remove<Pod>("default", Api.List<Pod>()[0].Metadata.Name);
        await _harness.UntilAsync(() => Api.List<Pod>().Count(p => p.Spec.Containers[0].Image == "two") == 1, "the deleted one is new");
    }

    [Fact]
    public async Task Reconcile_FailedPod_IsReplaced()
    {
        PutNodes(1);
        await StartAsync();
        await _harness.UntilAsync(() => Places.Count == 1, "the pod");
        var failed = Api.List<Pod>()[0].DeepClone();
        failed.Status.Phase = "Failed";
        Api.Put(failed);
        await _harness.UntilAsync(() => Api.List<Pod>() is [{ } next] && next.Metadata.Uid != failed.Metadata.Uid, "replaced");
    }

    [Fact]
    public void FailedPods_AgainAndAgain_PausesGrowAndQuietEndsThem()
    {
        var failures = new FailedPods(_harness.Time);
        var (set, pod) = (new DaemonSet(), Workloads.Pod("p", node: "n"));
        foreach (var pause in (int[])[1, 2, 4, 8])
        {
            Assert.Null(failures.Wait(set, pod));
            Assert.Equal(TimeSpan.FromSeconds(pause), failures.Wait(set, pod));
            _harness.Time.Advance(TimeSpan.FromSeconds(pause));
        }

        _harness.Time.Advance(TimeSpan.FromHours(1));
        Assert.Null(failures.Wait(set, pod));
        Assert.Equal(TimeSpan.FromSeconds(1), failures.Wait(set, pod));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private async Task StartAsync(Action<DaemonSet>? change = null)
    {
        var set = new DaemonSet
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "agent" },
            Spec = new DaemonSetSpec
            {
                Selector = new LabelSelector { MatchLabels = Workloads.App() },
                Template = Workloads.Template("one"),
                UpdateStrategy = new DaemonSetUpdateStrategy { Type = "RollingUpdate", RollingUpdate = new() { MaxUnavailable = 1 } },
            },
        };
        change?.Invoke(set);
        Api.Put(set);
        await _harness.StartAsync(c => new DaemonSetController(c));
    }

    private Task ReadyAsync(int count) => _harness.UntilAsync(
        () =>
        {
            Workloads.RunPods(_harness);
            return Set.Status.NumberAvailable == count;
        },
        $"{count} available");

    private void PutNodes(int count)
    {
        for (var i = 0; i < count; i++) PutNode($"n{i}");
    }

    private void PutNode(string name, Dictionary<string, string>? labels = null, Taint? taint = null) => Api.Put(new Node
    {
        Metadata = new ObjectMeta { Name = name, Labels = labels },
        Spec = new NodeSpec { Taints = taint is null ? null : [taint] },
    });

    private void Change(Action<DaemonSet> change)
    {
        var copy = Set.DeepClone();
        change(copy);
        Api.Put(copy);
    }
}
