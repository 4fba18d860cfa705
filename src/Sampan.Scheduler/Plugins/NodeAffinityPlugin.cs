using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Configuration;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Plugins;

/// <summary>The pod's node selector and node affinity, and one that the profile adds: required terms decide, preferred ones score.</summary>
internal sealed class NodeAffinityPlugin(NodeAffinityArgs? args = null) : IPreFilterPlugin, IFilterPlugin, IPreScorePlugin, IScorePlugin, IEnqueueExtension
{
    private static readonly PluginStatus NoMatch = PluginStatus.Unresolvable("node(s) didn't match Pod's node affinity/selector");
    private static readonly PluginStatus NotEnforced = PluginStatus.Unresolvable("node(s) didn't match scheduler-enforced node affinity");
    private static readonly PluginStatus Conflict = PluginStatus.Unresolvable("pod affinity terms conflict");

    private readonly NodeSelector? _added = args?.AddedAffinity?.RequiredDuringSchedulingIgnoredDuringExecution;
    private readonly IReadOnlyList<PreferredSchedulingTerm> _addedPreferred = args?.AddedAffinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? [];

    private EventHint[]? _events;

    public string Name => "NodeAffinity";

    public IReadOnlyList<EventHint> EventsToRegister => _events ??=
    [
        new(ClusterEventKind.NodeAdd | ClusterEventKind.NodeLabel, (pod, change) =>
            Fits(pod.Pod.Spec, change.Node!) && (change.OldNode is null || !Fits(pod.Pod.Spec, change.OldNode))),
    ];

    /// <summary>When every term names its nodes, as DaemonSets' pods do, only those are looked at.</summary>
    public PreFilterResult PreFilter(CycleState state, PodInfo pod, SchedulerCache cluster)
    {
        var required = Required(pod.Pod.Spec);
        if (required is null && _added is null && pod.Pod.Spec.NodeSelector is not { Count: > 0 }) return new(PluginStatus.Skip);
        if (required is not { NodeSelectorTerms.Count: > 0 }) return default;
        var names = new HashSet<string>();
        foreach (var term in required.NodeSelectorTerms)
        {
            if (NamesOf(term) is not { } named) return default;
            names.UnionWith(named);
        }
        return names.Count == 0 ? new(Conflict) : new(PluginStatus.Success, names);
    }

    public PluginScope FilterScope => PluginScope.Node;
    public PluginScope ScoreScope => PluginScope.Node;

    public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        if (!IsAllowed(node.Node!)) return NotEnforced;
        return Matches(pod.Pod.Spec, node.Node!) ? PluginStatus.Success : NoMatch;
    }

    private bool IsAllowed(Node node) => _added is null || NodeSelectorTerms.Matches(_added, node);

    private bool Fits(PodSpec spec, Node node) => IsAllowed(node) && Matches(spec, node);

    public PluginStatus PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes) =>
        Preferred(pod.Pod.Spec).Count + _addedPreferred.Count == 0 ? PluginStatus.Skip : PluginStatus.Success;

    public long Score(CycleState state, PodInfo pod, NodeInfo node) => Score(Preferred(pod.Pod.Spec), node) + Score(_addedPreferred, node);

    private static long Score(IReadOnlyList<PreferredSchedulingTerm> terms, NodeInfo node)
    {
        long score = 0;
        foreach (var term in terms)
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

    // Null when the term names no node; a name must be in all of the term's lists.
    private static IEnumerable<string>? NamesOf(NodeSelectorTerm term) => term.MatchFields.OrEmpty()
        .Where(field => field is { Key: "metadata.name", Operator: "In" })
        .Select(IEnumerable<string>? (field) => field.Values.OrEmpty())
        .Aggregate((IEnumerable<string>?)null, (names, more) => names is null ? more : names.Intersect(more!));

    private static NodeSelector? Required(PodSpec spec) => spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution;

    private static IReadOnlyList<PreferredSchedulingTerm> Preferred(PodSpec spec) =>
        spec.Affinity?.NodeAffinity?.PreferredDuringSchedulingIgnoredDuringExecution.OrEmpty() ?? [];
}
