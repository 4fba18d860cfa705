using System.Globalization;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Admission;

/// <summary>Whether a pod wants a node, and bears its taints.</summary>
internal static class NodeMatch
{
    public static bool Selects(PodSpec spec, Node node) =>
        spec.NodeSelector.OrEmpty().All(wanted => node.Metadata.Labels.OrEmpty().GetValueOrDefault(wanted.Key) == wanted.Value)
        && (spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is not { } required
            || Matches(required, node));

    /// <summary>One of the terms is enough.</summary>
    public static bool Matches(NodeSelector selector, Node node) => selector.NodeSelectorTerms.Exists(term => Holds(term, node));

    /// <summary>Only taints that end pods count once a pod is bound.</summary>
    public static bool Tolerates(PodSpec spec, Node node, string effect = "NoExecute") => node.Spec.Taints.OrEmpty()
        .Where(taint => taint.Effect == effect)
        .All(taint => spec.Tolerations.OrEmpty().Any(toleration => Tolerates(toleration, taint)));

    private static bool Tolerates(Toleration toleration, Taint taint) =>
        (toleration.Effect is not { Length: > 0 } effect || effect == taint.Effect)
        && (toleration.Key is not { Length: > 0 } key || key == taint.Key)
        && (toleration.Operator == "Exists" || (toleration.Operator is null or "" or "Equal" && (toleration.Value ?? "") == (taint.Value ?? "")));

    /// <summary>A term without requirements holds for no node.</summary>
    private static bool Holds(NodeSelectorTerm term, Node node)
    {
        var (labels, fields) = (term.MatchExpressions.OrEmpty(), term.MatchFields.OrEmpty());
        return labels.Count + fields.Count > 0
            && labels.All(r => Holds(r, node.Metadata.Labels.OrEmpty().GetValueOrDefault(r.Key)))
            && fields.All(r => Holds(r, r.Key == "metadata.name" ? node.Metadata.Name : null));
    }

    private static bool Holds(NodeSelectorRequirement requirement, string? value) => requirement.Operator switch
    {
        "In" => value is not null && requirement.Values.OrEmpty().Contains(value),
        "NotIn" => value is null || !requirement.Values.OrEmpty().Contains(value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        "Gt" => Number(value) > Number(requirement.Values.OrEmpty().FirstOrDefault()),
        "Lt" => Number(value) < Number(requirement.Values.OrEmpty().FirstOrDefault()),
        _ => false,
    };

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
