using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Cycle;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Tests;

public sealed class PodTopologySpreadTests
{
    private const string Refused = "0/2 nodes are available: 2 node(s) didn't match pod topology spread constraints.";

    private readonly SchedulerCache _cache = new();

    [Fact]
    public void Run_HardConstraint_FillsTheEmptierZone()
    {
        Zones("a", "b");
        Place("node-a", 1);
        Assert.Equal("node-b", Run(Web("new", Hard())).Node);
    }

    [Fact]
    public void Run_SkewWithinBounds_LeavesBothZones()
    {
        Zones("a", "b");
        Place("node-a", 2);
        Place("node-b", 1);
        _cache.SetNode(Node("b", cordoned: true));
        Assert.Null(Run(Web("strict", Hard())).Node);
        Assert.Equal("node-a", Run(Web("loose", Hard(c => c.MaxSkew = 2))).Node);
    }

    [Fact]
    public void Run_LabelMissing_SaysSo()
    {
        _cache.SetNode(Make.Node("bare"));
        Assert.Equal(
            "0/1 nodes are available: 1 node(s) didn't match pod topology spread constraints (missing required label).",
            Run(Web("new", Hard())).Diagnosis);
    }

    [Fact]
    public void Run_FewerDomainsThanMinDomains_CountsFromZero()
    {
        Zones("a", "b");
        Place("node-a", 1);
        Place("node-b", 1);
        Assert.NotNull(Run(Web("two", Hard(c => c.MinDomains = 2))).Node);
        Assert.Equal(Refused, Run(Web("three", Hard(c => c.MinDomains = 3))).Diagnosis);
    }

    [Fact]
    public void Run_MatchLabelKeys_CountsTheSameRevisionOnly()
    {
        Zones("a", "b");
        for (var i = 0; i < 3; i++) _cache.SetPod(Web($"old-{i}", null, "node-a", p => p.Metadata.Labels!["hash"] = "1"));
        _cache.SetPod(Web("new-0", null, "node-b", p => p.Metadata.Labels!["hash"] = "2"));
        var pod = Web("new-1", Hard(c => c.MatchLabelKeys = ["hash"]), with: p => p.Metadata.Labels!["hash"] = "2");
        Assert.Equal("node-a", Run(pod).Node);
    }

    [Fact]
    public void Run_NodeAffinityPolicy_DecidesWhichZonesCount()
    {
        Zones("a", "b");
        Place("node-a", 1);
        void InZoneA(Pod pod) => pod.Spec.NodeSelector = new() { ["zone"] = "a" };
        Assert.Equal("node-a", Run(Web("honor", Hard(), with: InZoneA)).Node);
        Assert.Null(Run(Web("ignore", Hard(c => c.NodeAffinityPolicy = "Ignore"), with: InZoneA)).Node);
    }

    [Fact]
    public void Run_NodeTaintsPolicy_DecidesWhetherTaintedZonesCount()
    {
        Zones("a");
        _cache.SetNode(Node("b", tainted: true));
        Place("node-a", 1);
        Assert.Null(Run(Web("ignore", Hard())).Node);
        Assert.Equal("node-a", Run(Web("honor", Hard(c => c.NodeTaintsPolicy = "Honor"))).Node);
    }

    [Fact]
    public void Run_TerminatingPods_DontCount()
    {
        Zones("a", "b");
        _cache.SetPod(Web("going", null, "node-a", p => p.Metadata.DeletionTimestamp = DateTimeOffset.UnixEpoch));
        _cache.SetNode(Node("b", cordoned: true));
        Assert.Equal("node-a", Run(Web("new", Hard())).Node);
    }

    [Fact]
    public void Run_SoftConstraint_PrefersTheEmptierZone()
    {
        Zones("a", "b");
        Place("node-a", 3);
        var soft = Hard(c => c.WhenUnsatisfiable = "ScheduleAnyway");
        Assert.Equal("node-b", Run(Web("new", soft)).Node);
        _cache.SetNode(Node("b", cordoned: true));
        Assert.Equal("node-a", Run(Web("newer", soft)).Node);
    }

    [Fact]
    public void Run_PodOfAService_IsSpreadByDefault()
    {
        _cache.SetNode(Make.Node("x"));
        _cache.SetNode(Make.Node("y"));
        _cache.Workloads.SetService(null, new Service
        {
            Metadata = new ObjectMeta { Name = "web", Namespace = "default" },
            Spec = new ServiceSpec { Selector = new() { ["app"] = "web" } },
        });
        _cache.SetPod(Web("first", null, "x"));
        for (var i = 0; i < 20; i++) Assert.Equal("y", Run(Web($"p{i}", null), seed: i).Node);
    }

    [Fact]
    public void SelectorOf_PodOfAReplicaSet_IsTheReplicaSets()
    {
        var owner = new OwnerReference { Kind = "ReplicaSet", Name = "web", Controller = true };
        var pod = Web("p", null, with: p => p.Metadata.OwnerReferences = [owner]);
        var set = new ReplicaSet
        {
            Metadata = new ObjectMeta { Name = "web", Namespace = "default" },
            Spec = new ReplicaSetSpec { Selector = new LabelSelector { MatchLabels = new() { ["app"] = "web" } } },
        };
        Assert.Null(_cache.Workloads.SelectorOf(pod));
        _cache.Workloads.SetReplicaSet(null, set);
        Assert.Equal("app=web", _cache.Workloads.SelectorOf(pod)!.ToString());
        _cache.Workloads.SetReplicaSet(set, null);
        Assert.Null(_cache.Workloads.SelectorOf(pod));
    }

    [Fact]
    public void Run_ManyPodsOneByOne_NeverExceedsTheSkew()
    {
        for (var i = 0; i < 9; i++) _cache.SetNode(Make.Node($"n{i}", with: n => n.Metadata.Labels!["zone"] = $"z{i % 4}"));
        var random = new Random(7);
        var placed = new Dictionary<string, string>();
        for (var i = 0; i < 100; i++)
        {
            var pod = Web($"p{i}", Hard());
            var node = Run(pod, seed: random.Next()).Node!;
            _cache.Assume(pod, node);
            placed[pod.Uid] = _cache.Find(node)!.Node!.Metadata.Labels!["zone"];
            var zones = placed.Values.CountBy(zone => zone).Select(z => z.Value).ToList();
            Assert.InRange(zones.Max() - (zones.Count < 4 ? 0 : zones.Min()), 0, 1);
        }
    }

    private static TopologySpreadConstraint Hard(Action<TopologySpreadConstraint>? with = null)
    {
        var constraint = new TopologySpreadConstraint
        {
            MaxSkew = 1, TopologyKey = "zone", WhenUnsatisfiable = "DoNotSchedule",
            LabelSelector = new LabelSelector { MatchLabels = new() { ["app"] = "web" } },
        };
        with?.Invoke(constraint);
        return constraint;
    }

    private static PodInfo Web(string name, TopologySpreadConstraint? constraint, string? node = null, Action<Pod>? with = null) => Make.Info(name, node: node, with: pod =>
    {
        pod.Metadata.Labels = new() { ["app"] = "web" };
        if (constraint is not null) pod.Spec.TopologySpreadConstraints = [constraint];
        with?.Invoke(pod);
    });

    private static Node Node(string zone, bool cordoned = false, bool tainted = false) => Make.Node("node-" + zone, with: node =>
    {
        node.Metadata.Labels!["zone"] = zone;
        node.Spec.Unschedulable = cordoned;
        if (tainted) node.Spec.Taints = [new Taint { Key = "dedicated", Effect = "NoSchedule" }];
    });

    private void Zones(params string[] zones)
    {
        foreach (var zone in zones) _cache.SetNode(Node(zone));
    }

    private void Place(string node, int pods)
    {
        for (var i = 0; i < pods; i++) _cache.SetPod(Web($"{node}-{i}", null, node));
    }

    private (string? Node, string Diagnosis) Run(PodInfo pod, int seed = 1)
    {
        var result = new SchedulingCycle(Profile.Default(), _cache, new Random(seed)).Run(pod);
        result.Diagnosis.PostFilterMessage = null;
        return (result.Node, result.Diagnosis.ToString());
    }
}
