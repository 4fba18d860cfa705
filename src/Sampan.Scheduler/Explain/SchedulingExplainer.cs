using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Cycle;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Explain;

/// <summary>
/// Answers why a pod is where it is or nowhere, and what would be if: the scheduler's own rules, run over the cluster as
/// the API shows it. It works against any API server and writes nothing.
/// </summary>
/// <param name="client">With the rights of whoever asks.</param>
/// <param name="profiles">Made for this explainer alone. A pod of a scheduler that none of them is gets the first one's rules.</param>
/// <param name="time">The clock.</param>
public sealed class SchedulingExplainer(ApiClient client, IReadOnlyList<Profile> profiles, TimeProvider time)
{
    // Rules only: nothing that evicts, reserves or binds.
    private readonly List<Profile> _rules = [.. profiles.Select(profile => profile with { PostFilter = [], Reserve = [], Permit = [], PreBind = [], Bind = [], PostBind = [] })];

    /// <exception cref="StatusException">The pod does not exist, or the caller may not read what scheduling depends on.</exception>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplainRequest request, CancellationToken ct)
    {
        var named = request.Pod is { } key ? await client.Of<Pod>().GetAsync(key.Namespace, key.Name, ct) : null;
        await using var view = await ClusterView.ReadAsync(client, _rules, time, ct);
        var moved = new List<Pod>();
        foreach (var node in request.WithoutNodes) moved.AddRange(TakeOut(view.Cache, node));
        if (named is not null) return [Explain(view.Cache, named)];
        List<Pod> pods = request.Manifests.Count > 0 ? [.. request.Manifests] : moved;
        return pods.ConvertAll(pod => Place(view.Cache, pod));
    }

    // A pod of a DaemonSet or a static pod belongs to its node and ends with it.
    private static List<Pod> TakeOut(SchedulerCache cache, string name)
    {
        var node = cache.Find(name) ?? throw StatusException.NotFound(new("", "nodes"), name);
        var pods = node.Pods.Select(p => p.Pod).Where(p => p.Metadata.OwnerReferences.OrEmpty().All(o => o.Kind is not ("DaemonSet" or "Node")))
            .OrderByDescending(p => p.Spec.Priority ?? 0).ThenBy(p => p.Metadata.Name, StringComparer.Ordinal).ToList();
        foreach (var pod in node.Pods.ToList()) cache.RemovePod(pod.Uid);
        cache.RemoveNode(name);
        return pods.ConvertAll(pod =>
        {
            var copy = pod.DeepClone();
            (copy.Spec.NodeName, copy.Status) = (null, new());
            return copy;
        });
    }

    /// <summary>Explains a pod and counts it where it would go, so that the next finds that room taken.</summary>
    private Explanation Place(SchedulerCache cache, Pod pod)
    {
        var explanation = Explain(cache, pod);
        if (explanation is { Verdict: "Fits", Node: { } node }) cache.Assume(new PodInfo(pod), node);
        return explanation;
    }

    private Explanation Explain(SchedulerCache cache, Pod pod)
    {
        var placed = pod.Spec.NodeName;
        cache.RemovePod(pod.Metadata.Uid ?? "");
        var free = pod;
        if (!string.IsNullOrEmpty(placed))
        {
            free = pod.DeepClone();
            free.Spec.NodeName = null;
        }
        var info = new PodInfo(free);
        var rules = _rules.Find(profile => profile.SchedulerName == free.Spec.SchedulerName) ?? _rules[0];
        if (GateOf(rules, info) is { } gate) return Describe(pod, "Gated", null, gate.Message, []);
        var cycle = new SchedulingCycle(rules, cache, new Random(0));
        var nodes = new NodeJudgement(rules, cache, info).Run();
        var best = nodes.Find(n => n.Fits)?.Node;
        var verdict = !string.IsNullOrEmpty(placed) ? "Scheduled" : best is null ? "Unschedulable" : "Fits";
        var message = best is null ? Sentence(cycle, info) : null;
        return Describe(pod, verdict, string.IsNullOrEmpty(placed) ? best : placed, message, nodes);
    }

    private static string Sentence(SchedulingCycle cycle, PodInfo pod)
    {
        try
        {
            return cycle.Run(pod).Diagnosis.ToString();
        }
        catch (PluginFailedException e)
        {
            return e.Message;
        }
    }

    private static PluginStatus? GateOf(Profile rules, PodInfo pod)
    {
        foreach (var plugin in rules.PreEnqueue)
        {
            if (plugin.PreEnqueue(pod) is { IsSuccess: false } status) return status;
        }
        return null;
    }

    private static Explanation Describe(Pod pod, string verdict, string? node, string? message, List<NodeExplanation> nodes) => new()
    {
        Namespace = pod.Metadata.Namespace ?? "",
        Name = pod.Metadata.Name,
        Verdict = verdict,
        Node = node,
        Message = message,
        Nodes = nodes,
        Refusals = Group(nodes),
    };

    private static List<RefusalGroup> Group(List<NodeExplanation> nodes) =>
        [.. nodes.SelectMany(n => n.Refusals.Select(r => (n.Node, Refusal: r, Only: n.Refusals.Count == 1)))
            .GroupBy(x => (x.Refusal.Plugin, x.Refusal.Reason))
            .Select(g => new RefusalGroup(
                g.Key.Plugin, g.Key.Reason, g.Count(), g.Count(x => x.Only), Advice.Common([.. g.Select(x => x.Refusal.Change)]), [.. g.Select(x => x.Node)]))
            .OrderByDescending(g => g.Count).ThenBy(g => g.Reason, StringComparer.Ordinal)];
}
