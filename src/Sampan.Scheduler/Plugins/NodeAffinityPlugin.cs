using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Plugins;

/// <summary>The pod's node selector and node affinity: required terms decide, preferred ones score.</summary>
internal sealed class NodeAffinityPlugin : IPreFilterPlugin, IFilterPlugin, IPreScorePlugin, IScorePlugin, IEnqueueExtension
{
    private static readonly PluginStatus NoMatch = PluginStatus.Unresolvable("node(s) didn't match Pod's node affinity/selector");

    public string Name => "NodeAffinity";

    public IReadOnlyList<EventHint> EventsToRegister { get; } =
    [
        new(ClusterEventKind.NodeAdd | ClusterEventKind.NodeLabel, static (pod, change) => Matches(pod.Pod.Spec, change.Node!)),
    ];

    /// <summary>When every term names its nodes, as DaemonSets' pods do, only those are looked at.</summary>
    public PreFilterResult PreFilter(CycleState state, PodInfo pod, SchedulerCache cluster)
    {
        var required = Required(pod.Pod.Spec);
        if (required is null && pod.Pod.Spec.NodeSelector is not { Count: > 0 }) return new(PluginStatus.Skip);
        if (required is null) return default;
        var names = new HashSet<string>();
        foreach (var term in required.NodeSelectorTerms)
        {
            if (NamesOf(term) is not { } named) return default;
            names.UnionWith(named);
        }
        return new(PluginStatus.Success, names);
    }

    public PluginScope FilterScope => PluginScope.Node;
    public PluginScope ScoreScope => PluginScope.Node;

    public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node) =>
        Matches(pod.Pod.Spec, node.Node!) ? PluginStatus.Success : NoMatch;

    public PluginStatus PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes) =>
        Preferred(pod.Pod.Spec).Count == 0 ? PluginStatus.Skip : PluginStatus.Success;

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        long score = 0;
        foreach (var term in Preferred(pod.Pod.Spec))
        {
            if (term.Weight != 0 && NodeSelectorTerms.Matches(term.Preference, node.Node!)) score += term.Weight;
        }
        return score;
    }

    public void NormalizeScore(CycleState state, PodInfo pod, Span<long> scores) => ScoreScale.Normalize(scores, reverse: false);

    internal static bool Matches(PodSpec spec, Node node)
    {
        foreach (var (key, value) in spec.NodeSelector.OrEmpty())
        {
            if (node.Metadata.Labels?.GetValueOrDefault(key) != value) return false;
        }
        return Required(spec) is not { } required || NodeSelectorTerms.Matches(required, node);
    }

    private static IEnumerable<string>? NamesOf(NodeSelectorTerm term) =>
        term.MatchFields.OrEmpty().FirstOrDefault(f => f is { Key: "metadata.name", Operator: "In" })?.Values;

    private static NodeSelector? Required(PodSpec spec) => spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution;

    private static IReadOnlyList<PreferredSchedulingTerm> Preferred(PodSpec spec) =>
        spec.Affinity?.NodeAffinity?.PreferredDuringSchedulingIgnoredDuringExecution.OrEmpty() ?? [];
}
