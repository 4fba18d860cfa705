using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>A pod that waits for its gates may be narrowed down to fewer nodes. Upstream: validateNodeSelectorMutation, validateNodeAffinityMutation.</summary>
internal static class GatedPodValidation
{
    /// <summary>Checks the new selectors of nodes, and puts the old ones into the spec, so that only other changes remain.</summary>
    public static void Validate(PodSpec spec, PodSpec old, FieldPath path, FieldErrors errors)
    {
        if (old.NodeSelector.OrEmpty().Any(one => spec.NodeSelector.OrEmpty().GetValueOrDefault(one.Key) != one.Value))
        {
            errors.Invalid(
                path.Child("nodeSelector"), spec.NodeSelector, "only additions to spec.nodeSelector are allowed (no mutations or deletions)");
        }
        spec.NodeSelector = old.NodeSelector;
        var (now, was) = (spec.Affinity?.NodeAffinity, old.Affinity?.NodeAffinity);
        if (FieldChecks.AreEqual(now, was))
        {
            return;
        }
        Affinity(now, was, path.Child("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"), errors);
        var isOnlyThat = old.Affinity is null && spec.Affinity is { PodAffinity: null, PodAntiAffinity: null };
        spec.Affinity = isOnlyThat ? null : spec.Affinity ?? new Affinity();
        spec.Affinity?.NodeAffinity = was;
    }

    private static void Affinity(NodeAffinity? affinity, NodeAffinity? old, FieldPath path, FieldErrors errors)
    {
        var had = (old?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms).OrEmpty();
        var terms = (affinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms).OrEmpty();
        if (had.Count > 0 && had.Count != terms.Count)
        {
            errors.Invalid(path, terms.Count == 0 ? null : terms, "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
            return;
        }
        foreach (var (index, term) in had.Index().Where(one => !OnlyAdds(terms[one.Index], one.Item)))
        {
            errors.Invalid(path.Index(index), terms[index], "only additions are allowed (no mutations or deletions)");
        }
    }

    /// <summary>A term that selected nothing cannot begin to select.</summary>
    private static bool OnlyAdds(NodeSelectorTerm term, NodeSelectorTerm old)
    {
        var wasEmpty = old.MatchExpressions.OrEmpty().Count + old.MatchFields.OrEmpty().Count == 0;
        return wasEmpty
            ? term.MatchExpressions.OrEmpty().Count + term.MatchFields.OrEmpty().Count == 0
            : StartsWith(term.MatchExpressions, old.MatchExpressions) && StartsWith(term.MatchFields, old.MatchFields);
    }

    private static bool StartsWith(List<NodeSelectorRequirement>? list, List<NodeSelectorRequirement>? start) =>
        list.OrEmpty().Count >= start.OrEmpty().Count && start.OrEmpty().Zip(list.OrEmpty()).All(pair => pair.First.DeepEquals(pair.Second));
}
