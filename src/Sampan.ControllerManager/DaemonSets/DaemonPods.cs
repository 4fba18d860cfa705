using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.DaemonSets;

/// <summary>A daemon's pods: tied to one node by affinity, and patient with that node's troubles.</summary>
internal static class DaemonPods
{
    private static readonly (string Key, string Effect)[] Tolerated =
    [
        ("node.kubernetes.io/not-ready", "NoExecute"),
        ("node.kubernetes.io/unreachable", "NoExecute"),
        ("node.kubernetes.io/disk-pressure", "NoSchedule"),
        ("node.kubernetes.io/memory-pressure", "NoSchedule"),
        ("node.kubernetes.io/pid-pressure", "NoSchedule"),
        ("node.kubernetes.io/unschedulable", "NoSchedule"),
    ];

    /// <summary>An older name of a pod's revision: the set's count of its templates.</summary>
    private const string GenerationLabel = "pod-template-generation";
    private const string GenerationAnnotation = "deprecated.daemonset.template.generation";

    public static Pod Draft(DaemonSet set, string hash, string node)
    {
        var pod = PodFactory.FromTemplate(set.Spec.Template, set);
        var labels = pod.Metadata.Labels ??= [];
        if (GenerationOf(set) is { } generation) labels[GenerationLabel] = generation;
        labels[TemplateHistory.HashLabel] = hash;
        pod.Spec.Tolerations = TolerationsOf(pod.Spec);
        TieTo(pod.Spec, node);
        return pod;
    }

    /// <summary>Made from the template of now, by its hash or by its number.</summary>
    public static bool IsCurrent(DaemonSet set, string hash, Pod pod)
    {
        var labels = pod.Metadata.Labels.OrEmpty();
        return labels.GetValueOrDefault(TemplateHistory.HashLabel) == hash || (GenerationOf(set) is { } generation && labels.GetValueOrDefault(GenerationLabel) == generation);
    }

    private static string? GenerationOf(DaemonSet set) => set.Metadata.Annotations?.GetValueOrDefault(GenerationAnnotation);

    /// <summary>Whether a pod belongs on a node, and whether one that is there may stay.</summary>
    public static (bool ShouldRun, bool MayStay) Fits(DaemonSet set, Node node)
    {
        var spec = set.Spec.Template.Spec;
        if (!NodeFit.Selects(spec, node)) return (false, false);
        var tolerations = TolerationsOf(spec);
        return (NodeFit.Tolerates(tolerations, node, "NoSchedule", "NoExecute"), NodeFit.Tolerates(tolerations, node, "NoExecute"));
    }

    public static bool SameForDaemons(Node old, Node current)
    {
        var (a, b) = (old.Metadata.Labels.OrEmpty(), current.Metadata.Labels.OrEmpty());
        var (s, t) = (old.Spec.Taints.OrEmpty(), current.Spec.Taints.OrEmpty());
        return a.Count == b.Count && a.All(l => b.GetValueOrDefault(l.Key) == l.Value)
            && s.Count == t.Count && s.All(x => t.Any(y => x.DeepEquals(y)));
    }

    private static List<Toleration> TolerationsOf(PodSpec spec)
    {
        var list = spec.Tolerations.OrEmpty().ToList();
        foreach (var (key, effect) in Tolerated) Add(list, key, effect);
        if (spec.HostNetwork) Add(list, "node.kubernetes.io/network-unavailable", "NoSchedule");
        return list;
    }

    private static void Add(List<Toleration> list, string key, string effect)
    {
        list.RemoveAll(t => t.Key == key && t.Effect == effect && t.Operator == "Exists");
        list.Add(new Toleration { Key = key, Operator = "Exists", Effect = effect });
    }

    /// <summary>The node's name joins every term of the affinity, so that the scheduler can choose this node only.</summary>
    private static void TieTo(PodSpec spec, string node)
    {
        var affinity = (spec.Affinity ??= new Affinity()).NodeAffinity ??= new NodeAffinity();
        var required = affinity.RequiredDuringSchedulingIgnoredDuringExecution ??= new NodeSelector();
        if (required.NodeSelectorTerms.Count == 0) required.NodeSelectorTerms.Add(new NodeSelectorTerm());
        foreach (var term in required.NodeSelectorTerms)
            term.MatchFields = [new NodeSelectorRequirement { Key = "metadata.name", Operator = "In", Values = [node] }];
    }
}
