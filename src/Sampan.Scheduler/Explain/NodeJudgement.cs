using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Cycle;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Explain;

/// <summary>Asks every rule about every node, where a scheduling cycle stops at the first refusal.</summary>
internal sealed class NodeJudgement(Profile profile, SchedulerCache cache, PodInfo pod)
{
    /// <summary>The nodes that fit by falling score, then the others by name.</summary>
    public List<NodeExplanation> Run()
    {
        var verdicts = new Verdicts();
        var filter = new NodeFilter(profile, cache, verdicts);
        var diagnosis = new Diagnosis(cache.Table, verdicts, new ushort[cache.Table.SlotCount + 1]);
        var state = new CycleState(cache, new TypeSlots());
        IReadOnlySet<string>? names;
        try
        {
            if (!filter.PreFilter(state, pod, diagnosis, out names)) return RefuseAll(string.Join(", ", diagnosis.Plugins), diagnosis.BeforeNodes ?? "");
        }
        catch (PluginFailedException e)
        {
            return RefuseAll(e.Plugin, e.Reason);
        }
        var (fits, others) = (new List<NodeInfo>(), new List<NodeExplanation>());
        foreach (var node in cache.Nodes)
        {
            var refusals = names?.Contains(node.Name) == false ? [NotNamed(diagnosis)] : Refusals(filter, state, node);
            if (refusals.Count == 0) fits.Add(node);
            else others.Add(new(node.Name, false, null, refusals));
        }
        return [.. Scored(state, fits), .. others.OrderBy(n => n.Node, StringComparer.Ordinal)];
    }

    private List<NodeExplanation> RefuseAll(string plugins, string reason)
    {
        var refusal = new Refusal(plugins, reason, Advice.BeforeNodes, false);
        return [.. cache.Nodes.OrderBy(n => n.Name, StringComparer.Ordinal).Select(n => new NodeExplanation(n.Name, false, null, [refusal]))];
    }

    private static Refusal NotNamed(Diagnosis diagnosis)
    {
        var plugins = string.Join(' ', diagnosis.Plugins);
        return new(plugins, $"node(s) didn't satisfy plugin(s) [{plugins}]", "the pod names other nodes only: change its affinity, or the volume it is bound to", false);
    }

    private List<Refusal> Refusals(NodeFilter filter, CycleState state, NodeInfo node) =>
        [.. filter.All(state, pod, node).SelectMany(verdict => (verdict.Status.Reasons ?? [""]).Select(reason => new Refusal(
            verdict.Plugin, reason, Advice.Of(verdict.Plugin, reason, pod, node), verdict.Status.Code == Code.Unschedulable)))];

    private IEnumerable<NodeExplanation> Scored(CycleState state, List<NodeInfo> fits)
    {
        if (fits.Count == 0) return [];
        var cls = new EquivalenceClass();
        cls.Fit(cache.Table.SlotCount, profile.Score.Count);
        var totals = new NodeScore(profile, new Random(0)).Totals(state, pod, cls, fits).ToArray();
        return fits.Select((node, i) => new NodeExplanation(node.Name, true, totals[i], []))
            .OrderByDescending(n => n.Score).ThenBy(n => n.Node, StringComparer.Ordinal);
    }
}
