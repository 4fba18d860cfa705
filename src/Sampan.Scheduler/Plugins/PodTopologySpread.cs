using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Configuration;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Plugins;

/// <summary>
/// Spreads alike pods over the domains of a topology. Hard constraints bound how far a domain may be ahead of the emptiest;
/// soft ones prefer emptier domains. Pods without constraints of their own, but with a service or controller, are spread
/// softly over nodes and zones, or as the profile says.
/// </summary>
internal sealed class PodTopologySpread(PodTopologySpreadArgs? args = null) : IPreFilterPlugin, IBatchFilterPlugin, IPreScorePlugin, IScorePlugin, IEnqueueExtension
{
    private const long Ignored = -1;

    private static readonly PluginStatus TooFarAhead = PluginStatus.Unschedulable("node(s) didn't match pod topology spread constraints");
    private static readonly PluginStatus NoLabel = PluginStatus.Unresolvable("node(s) didn't match pod topology spread constraints (missing required label)");

    private static readonly TopologySpreadConstraint[] SystemDefaults =
    [
        new() { TopologyKey = SpreadConstraint.Hostname, MaxSkew = 3, WhenUnsatisfiable = SpreadConstraint.Soft },
        new() { TopologyKey = "topology.kubernetes.io/zone", MaxSkew = 5, WhenUnsatisfiable = SpreadConstraint.Soft },
    ];

    private readonly bool _isSystem = args is null || args.DefaultingType == PodTopologySpreadArgs.System;
    private readonly IReadOnlyList<TopologySpreadConstraint> _defaults =
        args is null || args.DefaultingType == PodTopologySpreadArgs.System ? SystemDefaults : args.DefaultConstraints;

    public string Name => nameof(PodTopologySpread);

    public IReadOnlyList<EventHint> EventsToRegister =>
    [
        new(ClusterEventKind.AssignedPodAdd | ClusterEventKind.AssignedPodDelete, (pod, change) => IsCounted(pod, change.Pod!)),
        new(ClusterEventKind.AssignedPodLabel | ClusterEventKind.PodLabel, (pod, change) => change.OldPod is not { } old || IsCounted(pod, old) != IsCounted(pod, change.Pod!)),
        new(ClusterEventKind.PodToleration, static (pod, _) => pod.Pod.Spec.TopologySpreadConstraints.OrEmpty().Any(c => c is { WhenUnsatisfiable: SpreadConstraint.Hard, NodeTaintsPolicy: "Honor" })),
        new(ClusterEventKind.NodeAdd | ClusterEventKind.NodeDelete | ClusterEventKind.NodeTaint, (pod, change) => HasLabels(pod, change.Node!)),
        new(ClusterEventKind.NodeLabel, (pod, change) => change.OldNode is not { } old || HasLabels(pod, old) != HasLabels(pod, change.Node!)
            || (HasLabels(pod, old) && KeysOf(pod).Any(key => old.Metadata.Labels![key] != change.Node!.Metadata.Labels![key]))),
    ];

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, SchedulerCache cluster)
    {
        // Scoring needs the cluster too, and has no other way to it.
        var spread = SpreadOf(state, pod, cluster);
        state.Write(spread);
        return new(spread.Hard.Length == 0 ? PluginStatus.Skip : PluginStatus.Success);
    }

    public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        foreach (var constraint in state.Read<Spread>()!.Hard)
        {
            if (!constraint.Counter.HasDomain(node)) return NoLabel;
            if (constraint.Counter.InDomainOf(node) > Limit(constraint)) return TooFarAhead;
        }
        return PluginStatus.Success;
    }

    public void Filter(CycleState state, PodInfo pod, NodeTable nodes, int first, Span<PluginStatus> statuses)
    {
        foreach (var constraint in state.Read<Spread>()!.Hard)
        {
            var (counter, limit) = (constraint.Counter, Limit(constraint));
            for (var i = 0; i < statuses.Length; i++)
            {
                if (!statuses[i].IsSuccess) continue;
                if (!counter.HasDomain(first + i)) statuses[i] = NoLabel;
                else if (counter.InDomainOf(first + i) > limit) statuses[i] = TooFarAhead;
            }
        }
    }

    public PluginStatus PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes)
    {
        if (state.Read<Spread>() is not { Soft.Length: > 0 } spread) return PluginStatus.Skip;
        spread.AllLabelsRequired = !_isSystem || pod.Pod.Spec.TopologySpreadConstraints is { Count: > 0 };
        spread.Weights = Array.ConvertAll(spread.Soft, constraint => Math.Log(Domains(spread, constraint, nodes) + 2));
        return PluginStatus.Success;
    }

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        var spread = state.Read<Spread>()!;
        if (IsIgnored(spread, node)) return Ignored;
        var score = 0.0;
        for (var i = 0; i < spread.Soft.Length; i++)
        {
            var constraint = spread.Soft[i];
            if (!constraint.Counter.HasDomain(node)) continue;
            var pods = constraint.Key == SpreadConstraint.Hostname ? constraint.Counter.On(node) : constraint.Counter.InDomainOf(node);
            score += (pods * spread.Weights[i]) + constraint.MaxSkew - 1;
        }
        return (long)Math.Round(score, MidpointRounding.AwayFromZero);
    }

    /// <summary>The fewer pods the better; nodes without the labels of all constraints get nothing.</summary>
    public void NormalizeScore(CycleState state, PodInfo pod, Span<long> scores)
    {
        var (lowest, highest) = (long.MaxValue, 0L);
        foreach (var score in scores)
        {
            if (score != Ignored) (lowest, highest) = (Math.Min(lowest, score), Math.Max(highest, score));
        }
        foreach (ref var score in scores)
        {
            score = score == Ignored ? 0 : highest == 0 ? ScoreScale.Max : ScoreScale.Max * (highest + lowest - score) / highest;
        }
    }

    private SpreadConstraint[] Constraints(PodInfo pod, string whenUnsatisfiable, SchedulerCache cluster) =>
        pod.Pod.Spec.TopologySpreadConstraints is { Count: > 0 }
            ? SpreadConstraint.Of(pod, whenUnsatisfiable, cluster.Counters)
            : SpreadConstraint.Defaults(pod, [.. _defaults.Where(c => c.WhenUnsatisfiable == whenUnsatisfiable)], !_isSystem, cluster);

    // A constraint over few domains shall not weigh more than one over many.
    private static int Domains(Spread spread, SpreadConstraint constraint, IReadOnlyList<NodeInfo> nodes)
    {
        var isHostname = constraint.Key == SpreadConstraint.Hostname;
        var seen = isHostname ? [] : new bool[constraint.Counter.DomainLimit];
        var domains = 0;
        for (var i = 0; i < nodes.Count; i++)
        {
            if (IsIgnored(spread, nodes[i])) continue;
            var domain = constraint.Counter.DomainOf(nodes[i].Slot);
            if (isHostname) domains++;
            else if (!seen[domain])         // nodes without the label are one domain more
            {
                seen[domain] = true;
                domains++;
            }
        }
        return domains;
    }

    // How many pods a domain may have at most before one more would be too many.
    private static int Limit(SpreadConstraint constraint)
    {
        var least = constraint.Counter.DomainCount < constraint.MinDomains ? 0 : constraint.Counter.Min;
        return constraint.MaxSkew + least - constraint.SelfMatch;
    }

    private Spread SpreadOf(CycleState state, PodInfo pod, SchedulerCache cluster)
    {
        var (generation, version) = (cluster.Counters.Generation, cluster.Workloads.Version);
        if (state.Shared.Read<Spread>() is { } known && known.Generation == generation && known.Version == version) return known;
        var spread = new Spread(Constraints(pod, SpreadConstraint.Hard, cluster), Constraints(pod, SpreadConstraint.Soft, cluster)) { Version = version };
        spread.Generation = cluster.Counters.Generation;        // a new counter may have made others drop
        state.Shared.Write(spread);
        return spread;
    }

    private static bool IsIgnored(Spread spread, NodeInfo node)
    {
        if (!spread.AllLabelsRequired) return false;
        foreach (var constraint in spread.Soft)
        {
            if (!constraint.Counter.HasDomain(node)) return true;
        }
        return false;
    }

    // What the cluster's own constraints select depends on services and controllers: any pod of the namespace may count.
    private bool IsCounted(PodInfo pod, PodInfo other) => pod.Key.Namespace == other.Key.Namespace && other.Pod.Metadata.DeletionTimestamp is null
        && (pod.Pod.Spec.TopologySpreadConstraints is { Count: > 0 } ? SpreadConstraint.Concerns(pod.Pod, other.Pod.Metadata.Labels) : KeysOf(pod).Any());

    private bool HasLabels(PodInfo pod, Node node) => KeysOf(pod).All(key => node.Metadata.Labels?.ContainsKey(key) == true);

    // The topologies over which the pod must be spread.
    private IEnumerable<string> KeysOf(PodInfo pod) => (pod.Pod.Spec.TopologySpreadConstraints is { Count: > 0 } own ? own : _defaults)
        .Where(c => c.WhenUnsatisfiable == SpreadConstraint.Hard).Select(c => c.TopologyKey);

    // The constraints as counters, for all equal pods until counters are dropped or services change.
    private sealed class Spread(SpreadConstraint[] hard, SpreadConstraint[] soft)
    {
        public int Generation { get; set; }
        public int Version { get; init; }
        public SpreadConstraint[] Hard => hard;
        public SpreadConstraint[] Soft => soft;
        public double[] Weights { get; set; } = [];
        public bool AllLabelsRequired { get; set; }
    }
}
