using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Writes the values of a new pod's own labels into the selectors that refer to them by key. Upstream: mutatePodAffinity.</summary>
internal static class PodLabelKeys
{
    public static void Apply(Pod pod)
    {
        IEnumerable<PodAffinityTerm> terms =
        [
            .. Terms(
                pod.Spec.Affinity?.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution,
                pod.Spec.Affinity?.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution),
            .. Terms(
                pod.Spec.Affinity?.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution,
                pod.Spec.Affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution),
        ];
        foreach (var term in terms)
        {
            Apply(term.LabelSelector, term.MatchLabelKeys, "In", pod.Metadata.Labels);
            Apply(term.LabelSelector, term.MismatchLabelKeys, "NotIn", pod.Metadata.Labels);
        }
        foreach (var constraint in pod.Spec.TopologySpreadConstraints.OrEmpty())
        {
            Apply(constraint.LabelSelector, constraint.MatchLabelKeys, "In", pod.Metadata.Labels);
        }
    }

    private static IEnumerable<PodAffinityTerm> Terms(List<WeightedPodAffinityTerm>? preferred, List<PodAffinityTerm>? required) =>
        [.. preferred.OrEmpty().Select(one => one.PodAffinityTerm), .. required.OrEmpty()];

    /// <summary>A selector that is not there selects nothing, whatever is added.</summary>
    private static void Apply(LabelSelector? selector, List<string>? keys, string @operator, Dictionary<string, string>? labels)
    {
        foreach (var key in selector is null ? [] : keys.OrEmpty())
        {
            if (labels.OrEmpty().TryGetValue(key, out var value))
            {
                selector!.MatchExpressions ??= [];
                selector.MatchExpressions.Add(new LabelSelectorRequirement { Key = key, Operator = @operator, Values = [value] });
            }
        }
    }
}
