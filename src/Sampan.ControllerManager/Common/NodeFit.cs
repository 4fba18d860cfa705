using Sampan.Api.Core.V1;
using Sampan.ControllerManager.NodeLifecycle;

namespace Sampan.ControllerManager.Common;

/// <summary>Whether a pod may be on a node, as far as labels, names and taints say.</summary>
internal static class NodeFit
{
    /// <summary>The node that a pod is bound to or, before that, the only one its affinity allows.</summary>
    public static string? NodeOf(Pod pod)
    {
        if (!string.IsNullOrEmpty(pod.Spec.NodeName)) return pod.Spec.NodeName;
        var terms = pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms ?? [];
        foreach (var field in terms.SelectMany(t => t.MatchFields.OrEmpty()))
            if (field is { Key: "metadata.name", Operator: "In", Values: [var name] }) return name;
        return null;
    }

    public static bool Selects(PodSpec spec, Node node)
    {
        if (!string.IsNullOrEmpty(spec.NodeName) && spec.NodeName != node.Metadata.Name) return false;
        var labels = node.Metadata.Labels.OrEmpty();
        if (spec.NodeSelector.OrEmpty().Any(s => labels.GetValueOrDefault(s.Key) != s.Value)) return false;
        return spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is not { } required
            || required.NodeSelectorTerms.Exists(t => Matches(t, node));
    }

    /// <summary>True when every taint of these effects is tolerated.</summary>
    public static bool Tolerates(IEnumerable<Toleration> tolerations, Node node, params ReadOnlySpan<string> effects)
    {
        foreach (var taint in node.Spec.Taints.OrEmpty())
            if (effects.Contains(taint.Effect) && !tolerations.Any(t => Tolerations.Tolerates(t, taint))) return false;
        return true;
    }

    /// <summary>A term without requirements matches nothing.</summary>
    private static bool Matches(NodeSelectorTerm term, Node node)
    {
        var (labels, fields) = (term.MatchExpressions.OrEmpty(), term.MatchFields.OrEmpty());
        return labels.Count + fields.Count > 0
            && labels.All(r => Matches(r, node.Metadata.Labels?.GetValueOrDefault(r.Key)))
            && fields.All(r => Matches(r, r.Key == "metadata.name" ? node.Metadata.Name : null));
    }

    private static bool Matches(NodeSelectorRequirement requirement, string? value) => requirement.Operator switch
    {
        "In" => value is not null && requirement.Values.OrEmpty().Contains(value),
        "NotIn" => value is null || !requirement.Values.OrEmpty().Contains(value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        "Gt" => Compare(requirement, value) > 0,
        "Lt" => Compare(requirement, value) < 0,
        _ => false,
    };

    private static int Compare(NodeSelectorRequirement requirement, string? value) =>
        long.TryParse(value, out var number) && requirement.Values is [var text] && long.TryParse(text, out var bound) ? number.CompareTo(bound) : 0;
}
