using Sampan.Api.Core.V1;
using Sampan.Api.Selectors;

namespace Sampan.Scheduler.Cache;

/// <summary>One term of a pod's affinity, ready for use: pods of some namespaces and labels, and a topology.</summary>
public sealed class AffinityTerm
{
    private readonly string[] _namespaces;
    private readonly Selector _namespaceSelector;
    private readonly Selector _selector;

    private AffinityTerm(PodAffinityTerm spec, Pod owner, AffinityKind kind, int weight)
    {
        (TopologyKey, Kind, Weight) = (spec.TopologyKey, kind, weight);
        _namespaceSelector = Selector.From(spec.NamespaceSelector);
        _namespaces = spec.Namespaces is { Count: > 0 } named ? [.. named.Order(StringComparer.Ordinal)]
            : spec.NamespaceSelector is null ? [owner.Metadata.Namespace ?? ""] : [];
        // The API server may have put the keys into the selector already.
        var selector = LabelKeys.Merge(Selector.From(spec.LabelSelector), owner.Metadata.Labels, spec.MatchLabelKeys, SelectorOperator.In);
        _selector = LabelKeys.Merge(selector, owner.Metadata.Labels, spec.MismatchLabelKeys, SelectorOperator.NotIn);
        Signature = string.Join('\n', string.Join(',', _namespaces), Text(_namespaceSelector), Text(_selector), TopologyKey);
    }

    public string TopologyKey { get; }
    public AffinityKind Kind { get; }

    /// <summary>1 for a required term.</summary>
    public int Weight { get; }

    /// <summary>Equal for terms that choose the same pods and topology.</summary>
    public string Signature { get; }

    /// <summary>The only namespace whose pods match; null when there may be several.</summary>
    public string? OnlyNamespace => _namespaces.Length == 1 && _namespaceSelector.MatchesNothing ? _namespaces[0] : null;

    public bool Matches(PodInfo pod, NamespaceLabels namespaces)
    {
        var ns = pod.Key.Namespace;
        return (_namespaces.AsSpan().Contains(ns) || (!_namespaceSelector.MatchesNothing && _namespaceSelector.Matches(namespaces.Of(ns))))
            && _selector.Matches(pod.Pod.Metadata.Labels);
    }

    public static AffinityTerm[] Of(Pod pod)
    {
        var (affinity, anti) = (pod.Spec.Affinity?.PodAffinity, pod.Spec.Affinity?.PodAntiAffinity);
        if (affinity is null && anti is null) return [];
        return
        [
            .. Required(affinity?.RequiredDuringSchedulingIgnoredDuringExecution, pod, AffinityKind.Required),
            .. Required(anti?.RequiredDuringSchedulingIgnoredDuringExecution, pod, AffinityKind.RequiredAnti),
            .. Preferred(affinity?.PreferredDuringSchedulingIgnoredDuringExecution, pod, AffinityKind.Preferred),
            .. Preferred(anti?.PreferredDuringSchedulingIgnoredDuringExecution, pod, AffinityKind.PreferredAnti),
        ];
    }

    private static IEnumerable<AffinityTerm> Required(List<PodAffinityTerm>? terms, Pod owner, AffinityKind kind) =>
        terms.OrEmpty().Select(term => new AffinityTerm(term, owner, kind, 1));

    private static IEnumerable<AffinityTerm> Preferred(List<WeightedPodAffinityTerm>? terms, Pod owner, AffinityKind kind) =>
        terms.OrEmpty().Select(term => new AffinityTerm(term.PodAffinityTerm, owner, kind, term.Weight));

    private static string Text(Selector selector) => selector.MatchesNothing ? "-" : selector.ToString();
}
