using System.Globalization;
using System.Text;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Cycle;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Preemption;

namespace Sampan.Scheduler.Tests.Cases;

/// <summary>What comes of a case, as the end of its file shows it.</summary>
internal static class CaseOutcome
{
    public static string Of(SchedulingCase given)
    {
        var text = new StringBuilder("expect:\n");
        var state = new CycleState(given.Cluster, new TypeSlots());
        var (feasible, refused) = Filter(given, state);
        text.Append(CultureInfo.InvariantCulture, $"  feasible: [{string.Join(", ", feasible.Select(node => node.Name))}]\n");
        if (refused.Count > 0) text.Append("  refused:\n");
        foreach (var (node, reason) in refused) text.Append(CultureInfo.InvariantCulture, $"    {node}: {Quoted(reason)}\n");
        if (feasible.Count > 0) AppendScores(text, given, state, feasible);
        AppendCycle(text, given, feasible);
        return text.ToString();
    }

    private static (List<NodeInfo> Feasible, List<(string Node, string Reason)> Refused) Filter(SchedulingCase given, CycleState state)
    {
        var (feasible, refused, skipped) = (new List<NodeInfo>(), new List<(string, string)>(), new HashSet<string>());
        IEnumerable<string>? names = null;
        foreach (var plugin in given.Profile.PreFilter)
        {
            var (status, only) = plugin.PreFilter(state, given.Pod, given.Cluster);
            if (status.Code == Code.Skip) skipped.Add(plugin.Name);
            else if (!status.IsSuccess) return (feasible, [("*", $"{plugin.Name}: {status.Message}")]);
            if (only is not null) names = names?.Intersect(only) ?? only;
        }
        foreach (var node in given.Nodes.Where(node => names?.Contains(node.Name) != false))
        {
            var promised = node.Nominated.Where(other => other.Uid != given.Pod.Uid && other.Priority >= given.Pod.Priority).ToList();
            foreach (var other in promised) given.Cluster.PutBack(node, other);
            var refusal = given.Profile.Filter.Where(plugin => !skipped.Contains(plugin.Name))
                .Select(plugin => (plugin.Name, Status: plugin.Filter(state, given.Pod, node))).FirstOrDefault(r => !r.Status.IsSuccess);
            foreach (var other in promised) given.Cluster.TakeAway(node, other);
            if (refusal.Name is null) feasible.Add(node);
            else refused.Add((node.Name, $"{refusal.Name}: {refusal.Status.Message}"));
        }
        return (feasible, refused);
    }

    private static void AppendScores(StringBuilder text, SchedulingCase given, CycleState state, List<NodeInfo> nodes)
    {
        if (given.Profile.Score.FirstOrDefault(s => s.Plugin.Name == given.Plugin).Plugin is not { } plugin) return;
        var isSkipped = given.Profile.PreScore.FirstOrDefault(p => p.Name == given.Plugin)?.PreScore(state, given.Pod, nodes).Code == Code.Skip;
        if (isSkipped) return;
        var scores = nodes.Select(node => plugin.Score(state, given.Pod, node)).ToArray();
        plugin.NormalizeScore(state, given.Pod, scores);
        text.Append("  scores:\n");
        for (var i = 0; i < scores.Length; i++) text.Append(CultureInfo.InvariantCulture, $"    {nodes[i].Name}: {scores[i]}\n");
    }

    // The real cycle must agree with what its plugins say one by one.
    private static void AppendCycle(StringBuilder text, SchedulingCase given, List<NodeInfo> feasible)
    {
        if (Run(text, given) is not { } result) return;
        if (feasible.Count > 0) Assert.Contains(result.Node, feasible.Select(node => node.Name));
        if (result.Node is not null) return;
        text.Append(CultureInfo.InvariantCulture, $"  message: {Quoted(result.Diagnosis.ToString())}\n");
        if (result.NominatedNode is not { Length: > 0 } nominated) return;
        text.Append(CultureInfo.InvariantCulture, $"  nominated: {nominated}\n");
        text.Append(CultureInfo.InvariantCulture, $"  victims: [{string.Join(", ", result.State.Read<Candidate>()!.Victims.Select(v => v.Key.Name))}]\n");
    }

    private static CycleResult? Run(StringBuilder text, SchedulingCase given)
    {
        try
        {
            return new SchedulingCycle(given.Profile, given.Cluster, new Random(1)).Run(given.Pod);
        }
        catch (PluginFailedException e)
        {
            text.Append(CultureInfo.InvariantCulture, $"  error: {Quoted(e.Message)}\n");
            return null;
        }
    }

    private static string Quoted(string text) => '"' + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + '"';
}
