using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Configuration;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Plugins;

/// <summary>
/// Puts pods near those that they want, and away from those that they don't; what the pods already there ask for counts
/// as well.
/// </summary>
internal sealed class InterPodAffinity : IPreFilterPlugin, IBatchFilterPlugin, IPreScorePlugin, IScorePlugin, IEnqueueExtension, IConnectedPlugin
{
    private static readonly PluginStatus NoFriends = PluginStatus.Unresolvable("node(s) didn't match pod affinity rules");
    private static readonly PluginStatus Avoids = PluginStatus.Unschedulable("node(s) didn't match pod anti-affinity rules");
    private static readonly PluginStatus IsAvoided = PluginStatus.Unschedulable("node(s) didn't satisfy existing pods anti-affinity rules");

    private readonly InterPodAffinityArgs _args;
    private NamespaceLabels _namespaces = new();

    public InterPodAffinity(InterPodAffinityArgs? args = null)
    {
        _args = args ?? new();
        EventsToRegister =
        [
            new(ClusterEventKind.AssignedPodAdd, (pod, change) => Wants(pod, change.Pod!)),
            new(ClusterEventKind.AssignedPodDelete, (pod, change) => Repels(pod, change.Pod!) || Repels(change.Pod!, pod)),
            new(ClusterEventKind.AssignedPodLabel, (pod, change) => change.OldPod is not { } old
                || (Wants(pod, change.Pod!) && !Wants(pod, old)) || (Repels(pod, old) && !Repels(pod, change.Pod!)) || (Repels(old, pod) && !Repels(change.Pod!, pod))),
            new(ClusterEventKind.NodeAdd | ClusterEventKind.NodeLabel, static (pod, change) => MayHelp(pod, change.OldNode?.Metadata.Labels, change.Node!.Metadata.Labels, change.Kind)),
            new(ClusterEventKind.Namespace | ClusterEventKind.PodLabel),
        ];
    }

    public string Name => nameof(InterPodAffinity);

    public IReadOnlyList<EventHint> EventsToRegister { get; }

    public IDisposable Connect(PluginContext context) => context.Informers.For<Namespace>().Subscribe((old, current) => context.Post(cluster =>
    {
        if (!cluster.SetNamespace((current ?? old)!.Metadata.Name!, current is null ? null : current.Metadata.Labels ?? [])) return;
        context.Move(new ClusterEvent(ClusterEventKind.Namespace, Object: current ?? old));
    }));

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, SchedulerCache cluster)
    {
        _namespaces = cluster.Namespaces;
        return new(PodAffinityRules.Of(state, pod, _args).CanRefuse ? PluginStatus.Success : PluginStatus.Skip);
    }

    public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node) => Judge(PodAffinityRules.Of(state, pod, _args), node.Slot);

    public void Filter(CycleState state, PodInfo pod, NodeTable nodes, int first, Span<PluginStatus> statuses)
    {
        var rules = PodAffinityRules.Of(state, pod, _args);
        for (var i = 0; i < statuses.Length; i++)
        {
            if (statuses[i].IsSuccess) statuses[i] = Judge(rules, first + i);
        }
    }

    public PluginStatus PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes) =>
        PodAffinityRules.Of(state, pod, _args).Weighted.Count > 0 ? PluginStatus.Success : PluginStatus.Skip;

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        long score = 0;
        foreach (var (counter, weight) in PodAffinityRules.Of(state, pod, _args).Weighted) score += (long)counter.InDomainOf(node) * weight;
        return score;
    }

    /// <summary>The lowest becomes 0 and the highest 100.</summary>
    public void NormalizeScore(CycleState state, PodInfo pod, Span<long> scores)
    {
        var (lowest, highest) = (long.MaxValue, long.MinValue);
        foreach (var score in scores) (lowest, highest) = (Math.Min(lowest, score), Math.Max(highest, score));
        foreach (ref var score in scores) score = highest == lowest ? 0 : (long)(ScoreScale.Max * ((double)(score - lowest) / (highest - lowest)));
    }

    private static PluginStatus Judge(PodAffinityRules rules, int slot)
    {
        if (!HasFriends(rules, slot)) return NoFriends;
        if (HasPods(rules.Avoided, slot)) return Avoids;
        return HasPods(rules.AvoidedBy, slot) ? IsAvoided : PluginStatus.Success;
    }

    // The first pod of a group that wants its own kind may go anywhere, or none of them ever could.
    private static bool HasFriends(PodAffinityRules rules, int slot)
    {
        var allHavePods = true;
        var anywhere = 0;
        foreach (var counter in rules.Wanted)
        {
            if (!counter.HasDomain(slot)) return false;
            allHavePods &= counter.InDomainOf(slot) > 0;
            anywhere += counter.Total;
        }
        return allHavePods || (anywhere == 0 && rules.WantsItself);
    }

    private static bool HasPods(List<TopologyCounter> counters, int slot)
    {
        foreach (var counter in counters)
        {
            if (counter.InDomainOf(slot) > 0) return true;
        }
        return false;
    }

    // A pod that asks for nothing is kept away by others, wherever they are.
    private static bool MayHelp(PodInfo pod, IReadOnlyDictionary<string, string>? before, IReadOnlyDictionary<string, string>? labels, ClusterEventKind kind)
    {
        var isNew = (kind & ClusterEventKind.NodeAdd) != 0;
        var required = Array.FindAll(pod.AffinityTerms, term => term.Kind is AffinityKind.Required or AffinityKind.RequiredAnti);
        return required.Length == 0 || Array.Exists(required, term => MayHelp(term, before?.GetValueOrDefault(term.TopologyKey), labels?.GetValueOrDefault(term.TopologyKey), isNew));
    }

    // Friends are found in a domain that the node comes into; enemies are left behind when it leaves theirs, and never met without one.
    private static bool MayHelp(AffinityTerm term, string? before, string? now, bool isNew) =>
        term.Kind == AffinityKind.Required ? now is not null && (isNew || now != before) : isNew || (before is not null && now != before);

    private bool Wants(PodInfo pod, PodInfo other) =>
        pod.AffinityTerms.Any(term => term.Kind == AffinityKind.Required)
        && pod.AffinityTerms.All(term => term.Kind != AffinityKind.Required || term.Matches(other, _namespaces));

    private bool Repels(PodInfo pod, PodInfo other) =>
        pod.AffinityTerms.Any(term => term.Kind == AffinityKind.RequiredAnti && term.Matches(other, _namespaces));
}
