using Sampan.Api.Core.V1;
using Sampan.Api.Codec;
using Sampan.Api.Selectors;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Plugins;

/// <summary>One topology spread constraint of a pod, ready for use, with the counter of the pods that it spreads.</summary>
internal sealed class SpreadConstraint
{
    public const string Hard = "DoNotSchedule";
    public const string Soft = "ScheduleAnyway";
    public const string Hostname = "kubernetes.io/hostname";

    private SpreadConstraint(PodInfo pod, TopologySpreadConstraint spec, Selector selector, IReadOnlyList<string> requiredKeys, TopologyCounters counters)
    {
        (Key, MaxSkew, MinDomains) = (spec.TopologyKey, spec.MaxSkew, spec.MinDomains ?? 1);
        SelfMatch = selector.Matches(pod.Pod.Metadata.Labels) ? 1 : 0;
        var countsNone = selector.MatchesEverything;         // as upstream: a selector of everything spreads nothing
        var (honorAffinity, honorTaints) = (spec.NodeAffinityPolicy is not "Ignore", spec.NodeTaintsPolicy is "Honor");
        var signature = string.Join('\n', "spread", pod.Key.Namespace, selector.MatchesNothing, selector, Key,
            string.Join(',', requiredKeys), honorAffinity ? NodeAffinitySignature(pod.Pod.Spec) : "-", honorTaints ? TolerationSignature(pod.Pod.Spec) : "-");
        Counter = counters.Get(signature, pod.Key.Namespace, table => new TopologyCounter(table.Labels(Key),
            candidate => !countsNone && candidate.Pod.Metadata.DeletionTimestamp is null && selector.Matches(candidate.Pod.Metadata.Labels),
            node => HasAll(node, requiredKeys)
                && (!honorAffinity || NodeAffinityPlugin.Matches(pod.Pod.Spec, node))
                && (!honorTaints || TaintToleration.Untolerated(pod, node) is null)));
    }

    public string Key { get; }
    public int MaxSkew { get; }
    public int MinDomains { get; }
    public int SelfMatch { get; }
    public TopologyCounter Counter { get; }

    /// <summary>The pod's own constraints of that kind. A node takes part in any when it has the labels of all.</summary>
    public static SpreadConstraint[] Of(PodInfo pod, string whenUnsatisfiable, TopologyCounters counters)
    {
        if (pod.Pod.Spec.TopologySpreadConstraints is not { Count: > 0 } all) return [];
        var chosen = all.FindAll(c => c.WhenUnsatisfiable == whenUnsatisfiable);
        var keys = chosen.ConvertAll(c => c.TopologyKey);
        return [.. chosen.Select(c => new SpreadConstraint(pod, c, SelectorOf(c, pod.Pod), keys, counters))];
    }

    /// <summary>Constraints of the cluster over what the pod's services and controller select.</summary>
    public static SpreadConstraint[] Defaults(PodInfo pod, IReadOnlyList<TopologySpreadConstraint> defaults, bool allLabelsRequired, SchedulerCache cluster)
    {
        if (defaults.Count == 0 || cluster.Workloads.SelectorOf(pod) is not { } selector) return [];
        List<string> keys = allLabelsRequired ? [.. defaults.Select(c => c.TopologyKey)] : [];
        return [.. defaults.Select(c => new SpreadConstraint(pod, c, selector, keys, cluster.Counters))];
    }

    /// <summary>Whether a pod of the same namespace with these labels is one that some hard constraint counts.</summary>
    public static bool Concerns(Pod pod, IReadOnlyDictionary<string, string>? labels) =>
        pod.Spec.TopologySpreadConstraints.OrEmpty().Any(c => c.WhenUnsatisfiable == Hard && SelectorOf(c, pod).Matches(labels));

    private static bool HasAll(Node node, IReadOnlyList<string> keys)
    {
        foreach (var key in keys)
        {
            if (node.Metadata.Labels?.ContainsKey(key) != true) return false;
        }
        return true;
    }

    // The API server may have put the keys into the selector already.
    private static Selector SelectorOf(TopologySpreadConstraint constraint, Pod pod) =>
        LabelKeys.Merge(Selector.From(constraint.LabelSelector), pod.Metadata.Labels, constraint.MatchLabelKeys, SelectorOperator.In);

    private static string NodeAffinitySignature(PodSpec spec)
    {
        var affinity = spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution;
        if (affinity is null && spec.NodeSelector is not { Count: > 0 }) return "";
        return Json(new PodSpec
        {
            NodeSelector = spec.NodeSelector?.OrderBy(p => p.Key, StringComparer.Ordinal).ToDictionary(),
            Affinity = affinity is null ? null : new Affinity { NodeAffinity = new NodeAffinity { RequiredDuringSchedulingIgnoredDuringExecution = affinity } },
        });
    }

    private static string TolerationSignature(PodSpec spec) => Json(new PodSpec { Tolerations = spec.Tolerations });

    private static string Json(PodSpec spec) => System.Text.Encoding.UTF8.GetString(JsonCodec.Encode(spec));
}
