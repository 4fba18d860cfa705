using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Cycle;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Tests;

/// <summary>What holds after any sequence of events: nodes that come, change and go, pods that are placed, change and end.</summary>
public sealed class SchedulingPropertyTests
{
    // The same sequences in every run: a failure is there for whoever looks for it.
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(60)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20_260_101UL, 7UL), null)));

    [Fact]
    public void Cycle_AfterAnyEvents_NeverOverCommits() => Check(world =>
    {
        foreach (var node in world.Cache.Nodes)
        {
            // What was there when a node shrank is not the scheduler's doing; it must not add to it.
            if (world.Shrunk.Contains(node.Name)) continue;
            Assert.True(node.Requested.MilliCpu <= node.Allocatable.MilliCpu, $"{node.Name} has too little cpu");
            Assert.True(node.Requested.Memory <= node.Allocatable.Memory, $"{node.Name} has too little memory");
            Assert.True(node.Pods.Count <= node.Allocatable.AllowedPods, $"{node.Name} has too many pods");
        }
    });

    [Fact]
    public void Cycle_AfterAnyEvents_BreaksNoHardRuleAndRefusesOnlyWhereOneDoes() => Check(world =>
    {
        foreach (var (pod, node, feasible) in world.Decisions)
        {
            if (node is null) Assert.Empty(feasible);
            else Assert.Contains(node, feasible);
        }
    });

    [Fact]
    public void Cycle_EqualCluster_GivesAnEqualAnswer() => Prop.ForAll(Events(), events =>
    {
        var (one, other) = (new World(events), new World(events));
        Assert.Equal(one.Decisions.Select(d => (d.Pod, d.Node)), other.Decisions.Select(d => (d.Pod, d.Node)));
    }).Check(Fixed);

    [Fact]
    public void Cache_AfterAnyEvents_EqualsOneMadeAnew() => Check(world => Assert.Equal(State(world.Recomputed()), State(world.Cache)));

    private static void Check(Action<World> holds) =>
        Prop.ForAll(Events(), events => holds(new World(events))).Check(Fixed);

    private static Arbitrary<Event[]> Events()
    {
        var single = from kind in Gen.Choose(0, 9) from node in Gen.Choose(0, 7) from pod in Gen.Choose(0, 30) from value in Gen.Choose(0, 5) select new Event(kind, node, pod, value);
        return Gen.ArrayOf(single, 120).ToArbitrary();
    }

    private static string State(SchedulerCache cache) => string.Join('\n', cache.Nodes.OrderBy(n => n.Name, StringComparer.Ordinal).Select(n => string.Join(' ',
    [
        $"{n.Name}: {n.Requested.MilliCpu} {n.Requested.Memory} {n.NonZeroRequested.MilliCpu} {n.Pods.Count}",
        $"free {cache.Table.MilliCpu.From(n.Slot, 1)[0]} {cache.Table.Memory.From(n.Slot, 1)[0]} {cache.Table.Pods.From(n.Slot, 1)[0]}",
        $"zone {cache.Table.Labels("zone").ValueOf(cache.Table.Labels("zone")[n.Slot])}",
        $"restricted {cache.Table.Restricted(n.Slot, 1)[0]}",
        .. n.Pods.Select(p => p.Uid).Order(StringComparer.Ordinal),
    ])));

    internal readonly record struct Event(int Kind, int Node, int Pod, int Value);

    /// <summary>A cluster that went through some events, each pod placed by one and the same cycle with its kept verdicts.</summary>
    private sealed class World
    {
        private readonly Profile _profile = Profile.Default();
        private readonly SchedulingCycle _cycle;
        private readonly Dictionary<string, Node> _nodes = [];
        private readonly Dictionary<string, (Pod Pod, string Node)> _placed = [];

        public World(IEnumerable<Event> events)
        {
            _cycle = new SchedulingCycle(_profile, Cache, new Random(7));
            foreach (var e in events) Apply(e);
        }

        public SchedulerCache Cache { get; } = new();
        public HashSet<string> Shrunk { get; } = [];
        public List<(string Pod, string? Node, List<string> Feasible)> Decisions { get; } = [];

        public SchedulerCache Recomputed()
        {
            var cache = new SchedulerCache();
            foreach (var (pod, node) in _placed.Values) cache.Assume(new PodInfo(pod), node);
            foreach (var node in _nodes.Values) cache.SetNode(node);
            return cache;
        }

        private void Apply(Event e)
        {
            var (node, pod) = ($"n{e.Node}", Make.Pod($"p{e.Pod}", cpu: $"{1 + (e.Pod % 3)}", memory: "1Gi", with: p => Constrain(p, e.Pod)));
            switch (e.Kind)
            {
                case 0:
                    _nodes.Remove(node);
                    Cache.RemoveNode(node);
                    break;
                case 1 or 2:
                    SetNode(node, e.Value);
                    break;
                case 3 or 4:
                    _placed.Remove(pod.Metadata.Uid!);
                    Cache.RemovePod(pod.Metadata.Uid!);
                    break;
                default:
                    Place(pod);
                    break;
            }
        }

        private void SetNode(string name, int value)
        {
            var node = Make.Node(name, cpu: $"{2 + value}", pods: $"{2 + value}", with: n =>
            {
                n.Metadata.Labels!["zone"] = $"z{value % 3}";
                n.Spec.Unschedulable = value == 5;
                if (value == 4) n.Spec.Taints = [new Taint { Key = "dedicated", Effect = "NoSchedule" }];
            });
            _nodes[name] = node;
            Cache.SetNode(node);
            Shrunk.Add(name);
            if (Cache.Find(name) is { } info && info.Requested.MilliCpu <= info.Allocatable.MilliCpu && info.Requested.Memory <= info.Allocatable.Memory
                && info.Pods.Count <= info.Allocatable.AllowedPods) Shrunk.Remove(name);
        }

        private void Place(Pod pod)
        {
            if (Cache.IsPlaced(pod.Metadata.Uid!)) return;
            var info = new PodInfo(pod);
            var feasible = FeasibleByHand(info);
            var node = _cycle.Run(info).Node;
            Decisions.Add((pod.Metadata.Name, node, feasible));
            if (node is null) return;
            Cache.Assume(info, node);
            _placed[info.Uid] = (pod, node);
        }

        // Every rule asked about every node on a cluster made anew: nothing kept, nothing shared, no sampling.
        private List<string> FeasibleByHand(PodInfo pod)
        {
            var fresh = Recomputed();
            var filter = new NodeFilter(_profile, fresh, new Verdicts());
            var state = new CycleState(fresh, new TypeSlots());
            var diagnosis = new Diagnosis(fresh.Table, new Verdicts(), new ushort[fresh.Table.SlotCount + 1]);
            if (!filter.PreFilter(state, pod, diagnosis, out _)) return [];
            return [.. fresh.Nodes.Where(n => filter.Filter(state, pod, n).IsSuccess).Select(n => n.Name)];
        }

        private static void Constrain(Pod pod, int number)
        {
            pod.Metadata.Labels = new() { ["app"] = $"a{number % 3}" };
            var alike = new Api.Meta.V1.LabelSelector { MatchLabels = pod.Metadata.Labels };
            switch (number % 6)
            {
                case 0: pod.Spec.NodeSelector = new() { ["zone"] = "z1" }; break;
                case 1: pod.Spec.Tolerations = [new Toleration { Key = "dedicated", Operator = "Exists" }]; break;
                case 2: pod.Spec.TopologySpreadConstraints = [new() { TopologyKey = "zone", MaxSkew = 1, WhenUnsatisfiable = "DoNotSchedule", LabelSelector = alike }]; break;
                case 3: pod.Spec.Containers[0].Ports = [new ContainerPort { HostPort = 80, ContainerPortValue = 80, Protocol = "TCP" }]; break;
                case 4: pod.Spec.Affinity = new() { PodAntiAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [new() { TopologyKey = "zone", LabelSelector = alike }] } }; break;
                case 5: pod.Spec.Affinity = new() { PodAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [new() { TopologyKey = "zone", LabelSelector = alike }] } }; break;
            }
        }
    }
}
