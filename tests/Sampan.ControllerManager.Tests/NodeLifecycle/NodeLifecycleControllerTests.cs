using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.NodeIpam;
using Sampan.ControllerManager.NodeLifecycle;
using Sampan.ControllerManager.PodGarbage;

namespace Sampan.ControllerManager.Tests.NodeLifecycle;

public sealed class NodeLifecycleControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    [Fact]
    public async Task Silence_BeyondTheGracePeriod_IsUnknownTaintedAndEvicted()
    {
        PutNode("lost");
        PutNode("alive");
        Api.Put(Workloads.Pod("p", "10.244.0.1", ready: true, node: "lost"));
        await StartAsync();
        await _harness.UntilAsync(() => _harness.Time.NextTimer is not null, "the monitor runs");
        await AdvanceAsync(45);
        Assert.Equal("True", Ready("lost"));
        await AdvanceUntilAsync(() => Ready("lost") == "Unknown", "unknown");
        await AdvanceUntilAsync(() => Taints("lost").Contains("node.kubernetes.io/unreachable:NoExecute"), "tainted");
        Assert.Contains("node.kubernetes.io/unreachable:NoSchedule", Taints("lost"));
        await AdvanceUntilAsync(() => Api.List<Pod>().Count == 0, "evicted");
        Assert.Equal("True", Ready("alive"));
        Assert.Empty(Taints("alive"));
    }

    [Fact]
    public async Task Toleration_WithSeconds_DelaysTheEviction()
    {
        PutNode("n");
        var pod = Workloads.Pod("p", "10.244.0.1", ready: true, node: "n");
        pod.Spec.Tolerations = [new Toleration { Key = "bad", Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 300 }];
        Api.Put(pod);
        var patient = Workloads.Pod("patient", "10.244.0.2", ready: true, node: "n");
        patient.Spec.Tolerations = [new Toleration { Operator = "Exists" }];
        Api.Put(patient);
        await _harness.StartAsync(c => new TaintEvictionController(c));
        var node = Api.Find<Node>("", "n")!.DeepClone();
        node.Spec.Taints = [new Taint { Key = "bad", Effect = "NoExecute" }];
        Api.Put(node);
        await _harness.UntilAsync(() => _harness.Time.NextTimer is not null, "the eviction is planned");
        _harness.Time.Advance(TimeSpan.FromSeconds(299));
        await Task.Delay(10);
        Assert.Equal(2, Api.List<Pod>().Count);
        _harness.Time.Advance(TimeSpan.FromSeconds(1));
        await _harness.UntilAsync(() => Api.List<Pod>().Count == 1, "evicted");
        Assert.Equal("patient", Api.List<Pod>()[0].Metadata.Name);
    }

    [Fact]
    public async Task Toleration_TaintGoesInTime_CancelsTheEviction()
    {
        PutNode("n");
        var pod = Workloads.Pod("p", "10.244.0.1", ready: true, node: "n");
        pod.Spec.Tolerations = [new Toleration { Key = "bad", Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 60 }];
        Api.Put(pod);
        await _harness.StartAsync(c => new TaintEvictionController(c));
        Taint("n", [new Taint { Key = "bad", Effect = "NoExecute" }]);
        await _harness.UntilAsync(() => _harness.Time.NextTimer is not null, "the eviction is planned");
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(30));
        Taint("n", null);
        await _harness.AdvanceUntilAsync(() => Api.List<Event>().Exists(e => e.Message == "Cancelling deletion of Pod default/p"), "the eviction is called off");
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Single(Api.List<Pod>());
    }

    [Fact]
    public async Task Toleration_OfSeveralPods_EachGoesAtItsOwnTime()
    {
        PutNode("n");
        foreach (var seconds in (int[])[60, 120])
        {
            var pod = Workloads.Pod($"p{seconds}", "10.244.0.1", ready: true, node: "n");
            pod.Spec.Tolerations = [new Toleration { Key = "bad", Operator = "Exists", TolerationSeconds = seconds }];
            Api.Put(pod);
        }

        await _harness.StartAsync(c => new TaintEvictionController(c));
        Taint("n", [new Taint { Key = "bad", Effect = "NoExecute" }]);
        var began = _harness.Time.GetUtcNow();
        await _harness.AdvanceUntilAsync(() => Api.List<Pod>() is [{ Metadata.Name: "p120" }], "the less patient one goes", TimeSpan.FromSeconds(1));
        Assert.True(_harness.Time.GetUtcNow() - began >= TimeSpan.FromSeconds(60));
        await _harness.AdvanceUntilAsync(() => Api.List<Pod>().Count == 0, "the other one goes", TimeSpan.FromSeconds(1));
        Assert.True(_harness.Time.GetUtcNow() - began >= TimeSpan.FromSeconds(120));
    }

    [Fact]
    public async Task AllNodesDown_NothingIsEvicted()
    {
        PutNode("only");
        Api.Put(Workloads.Pod("p", "10.244.0.1", ready: true, node: "only"));
        await StartAsync();
        for (var i = 0; i < 120; i++)
        {
            _harness.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        Assert.Equal("Unknown", Ready("only"));
        Assert.DoesNotContain("node.kubernetes.io/unreachable:NoExecute", Taints("only"));
        Assert.Single(Api.List<Pod>());
    }

    [Fact]
    public async Task PodGarbage_NodeGone_PodIsRemovedAfterQuarantine()
    {
        Api.Put(Workloads.Pod("p", "10.244.0.1", ready: true, node: "gone"));
        await _harness.StartAsync(c => new PodGarbageCollector(c, 100));
        await _harness.UntilAsync(() => _harness.Time.NextTimer is not null, "the first sweep");
        _harness.Time.Advance(TimeSpan.FromSeconds(20));
        await Task.Delay(10);
        Assert.Single(Api.List<Pod>());
        await _harness.AdvanceUntilAsync(() => Api.List<Pod>().Count == 0, "removed", TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task NodeIpam_Nodes_GetDistinctRangesAndKeepThem()
    {
        var known = new Node { Metadata = new ObjectMeta { Name = "old" }, Spec = new NodeSpec { PodCIDR = "10.244.0.0/24", PodCIDRs = ["10.244.0.0/24"] } };
        Api.Put(known);
        await _harness.StartAsync(c => new NodeIpamController(c, new CidrPool("10.244.0.0/16", 24)));
        for (var i = 0; i < 5; i++) Api.Put(new Node { Metadata = new ObjectMeta { Name = $"n{i}" } });
        await _harness.UntilAsync(() => Api.List<Node>().TrueForAll(n => !string.IsNullOrEmpty(n.Spec.PodCIDR)), "all have one");
        Assert.Equal(6, Api.List<Node>().Select(n => n.Spec.PodCIDR).Distinct().Count());
        Assert.Equal("10.244.0.0/24", Api.Find<Node>("", "old")!.Spec.PodCIDR);
    }

    [Fact]
    public async Task NodeIpam_RangesOfBothFamilies_EachNodeGetsOneOfEach()
    {
        await _harness.StartAsync(c => new NodeIpamController(c, new CidrPool("10.244.0.0/16", 24), new CidrPool("fd00:10::/56", 64)));
        Api.Put(new Node { Metadata = new ObjectMeta { Name = "n" } });
        await _harness.UntilAsync(() => Api.Find<Node>("", "n")!.Spec.PodCIDRs is { Count: 2 }, "two ranges");
        var spec = Api.Find<Node>("", "n")!.Spec;
        Assert.Equal(("10.244.0.0/24", "10.244.0.0/24,fd00:10::/64"), (spec.PodCIDR, string.Join(',', spec.PodCIDRs!)));
    }

    [Fact]
    public void CidrPool_Exhausted_SaysSoAndReusesReleased()
    {
        var pool = new CidrPool("10.0.0.0/23", 24);
        Assert.Equal("10.0.0.0/24", pool.Take("a").Cidr);
        Assert.Equal("10.0.1.0/24", pool.Take("b").Cidr);
        Assert.Null(pool.Take("c").Cidr);
        pool.Release("a");
        Assert.Equal("10.0.0.0/24", pool.Take("c").Cidr);
        Assert.Equal("fd00:0:0:1::/64", Second(new CidrPool("fd00::/56", 64)));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static string? Second(CidrPool pool)
    {
        pool.Take("a");
        return pool.Take("b").Cidr;
    }

    private Task StartAsync() => _harness.StartAsync(
        c => new NodeLifecycleController(c, new NodeLifecycleOptions()), c => new TaintEvictionController(c));

    private void PutNode(string name) => Api.Put(new Node
    {
        Metadata = new ObjectMeta { Name = name },
        Status = new NodeStatus { Conditions = [new NodeCondition { Type = "Ready", Status = "True", LastHeartbeatTime = _harness.Time.GetUtcNow() }] },
    });

    private void Taint(string name, List<Taint>? taints)
    {
        var node = Api.Find<Node>("", name)!.DeepClone();
        node.Spec.Taints = taints;
        Api.Put(node);
    }

    private string? Ready(string name) => Api.Find<Node>("", name)!.Status.Conditions!.Find(c => c.Type == "Ready")!.Status;

    private List<string> Taints(string name) => Api.Find<Node>("", name)!.Spec.Taints.OrEmpty().Select(t => $"{t.Key}:{t.Effect}").ToList();

    private async Task AdvanceAsync(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            _harness.Time.Advance(TimeSpan.FromSeconds(1));
            Beat();
            await Task.Delay(1);
        }
    }

    private Task AdvanceUntilAsync(Func<bool> condition, string what) => _harness.AdvanceUntilAsync(
        () =>
        {
            Beat();
            return condition();
        },
        what,
        TimeSpan.FromSeconds(1));

    /// <summary>The healthy node renews its lease.</summary>
    private void Beat()
    {
        if (Api.Find<Node>("", "alive") is null) return;
        Api.Put(new Lease
        {
            Metadata = new ObjectMeta { Namespace = "kube-node-lease", Name = "alive" },
            Spec = new LeaseSpec { HolderIdentity = "alive", RenewTime = _harness.Time.GetUtcNow() },
        });
    }
}
