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
internal sealed class PodTopologySpread(PodTopologySpreadArgs? args = null) : IPreFilterPlugin, IFilterPlugin, IPreScorePlugin, IScorePlugin, IEnqueueExtension
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

    public IReadOnlyList<EventHint> EventsToRegister { get; } =
    [
        new(ClusterEventKind.AssignedPodAdd | ClusterEventKind.AssignedPodDelete, static (pod, change) =>
            pod.Key.Namespace == change.Pod!.Key.Namespace && SpreadConstraint.Concerns(pod.Pod, change.Pod.Pod.Metadata.Labels)),
        new(ClusterEventKind.AssignedPodLabel, static (pod, change) => pod.Key.Namespace == change.Pod!.Key.Namespace),
        new(ClusterEventKind.NodeAdd, static (pod, change) => HasHardLabels(pod.Pod, change.Node!)),
        new(ClusterEventKind.NodeDelete | ClusterEventKind.NodeLabel | ClusterEventKind.NodeTaint),
    ];

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, SchedulerCache cluster)
    {
        // Scoring needs the cluster too, and has no other way to it.
        var (soft, hard) = (Constraints(pod, SpreadConstraint.Soft, cluster), Constraints(pod, SpreadConstraint.Hard, cluster));
        if (soft.Length + hard.Length > 0) state.Write(new Spread(hard, soft));
        return new(hard.Length == 0 ? PluginStatus.Skip : PluginStatus.Success);
    }

    public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        foreach (var constraint in state.Read<Spread>()!.Hard)
        {
            if (node.Node!.Metadata.Labels?.ContainsKey(constraint.Key) != true) return NoLabel;
            var counter = constraint.Counter;
            var least = counter.DomainCount < constraint.MinDomains ? 0 : counter.Min;
            if (counter.InDomainOf(node) + constraint.SelfMatch - least > constraint.MaxSkew) return TooFarAhead;
        }
        return PluginStatus.Success;
    }

    public PluginStatus PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes)
    {
        if (state.Read<Spread>() is not { Soft.Length: > 0 } spread) return PluginStatus.Skip;
        spread.AllLabelsRequired = !_isSystem || pod.Pod.Spec.TopologySpreadConstraints is { Count: > 0 };
        spread.Weights = Array.ConvertAll(spread.Soft, constraint => Math.Log(Domains(spread, constraint.Key, nodes) + 2));
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
            if (node.Node!.Metadata.Labels?.ContainsKey(constraint.Key) != true) continue;
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
    private static int Domains(Spread spread, string key, IReadOnlyList<NodeInfo> nodes)
    {
        var values = new HashSet<string>();
        var taking = 0;
        foreach (var node in nodes)
        {
            if (IsIgnored(spread, node)) continue;
            taking++;
            if (key != SpreadConstraint.Hostname && node.Node!.Metadata.Labels?.GetValueOrDefault(key) is { } value) values.Add(value);
        }
        return key == SpreadConstraint.Hostname ? taking : values.Count;
    }

    private static bool IsIgnored(Spread spread, NodeInfo node)
    {
        if (!spread.AllLabelsRequired) return false;
        foreach (var constraint in spread.Soft)
        {
            if (node.Node!.Metadata.Labels?.ContainsKey(constraint.Key) != true) return true;
        }
        return false;
    }

    private static bool HasHardLabels(Pod pod, Node node) => pod.Spec.TopologySpreadConstraints.OrEmpty()
        .All(c => c.WhenUnsatisfiable != SpreadConstraint.Hard || node.Metadata.Labels?.ContainsKey(c.TopologyKey) == true);

    private sealed class Spread(SpreadConstraint[] hard, SpreadConstraint[] soft)
    {
        public SpreadConstraint[] Hard => hard;
        public SpreadConstraint[] Soft => soft;
        public double[] Weights { get; set; } = [];
        public bool AllLabelsRequired { get; set; }
    }
}
