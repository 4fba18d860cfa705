using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of a pod's affinities. Upstream: validateAffinity.</summary>
internal static class AffinityValidation
{
    private const string Required = "requiredDuringSchedulingIgnoredDuringExecution";
    private const string Preferred = "preferredDuringSchedulingIgnoredDuringExecution";

    public static void Validate(Affinity? affinity, FieldPath path, FieldErrors errors)
    {
        if (affinity is null)
        {
            return;
        }
        Nodes(affinity.NodeAffinity, path.Child("nodeAffinity"), errors);
        Pods(
            affinity.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution,
            affinity.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution, path.Child("podAffinity"), errors);
        Pods(
            affinity.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution,
            affinity.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution, path.Child("podAntiAffinity"), errors);
    }

    private static void Nodes(NodeAffinity? affinity, FieldPath path, FieldErrors errors)
    {
        if (affinity?.RequiredDuringSchedulingIgnoredDuringExecution is { } required)
        {
            NodeSelectorValidation.Validate(required, path.Child(Required), errors);
        }
        foreach (var (index, preferred) in (affinity?.PreferredDuringSchedulingIgnoredDuringExecution).OrEmpty().Index())
        {
            var at = path.Child(Preferred).Index(index);
            Weight(preferred.Weight, at, errors);
            NodeSelectorValidation.Term(preferred.Preference, at.Child("preference"), errors, checkValues: false);
        }
    }

    private static void Pods(
        List<PodAffinityTerm>? required, List<WeightedPodAffinityTerm>? preferred, FieldPath path,
        FieldErrors errors)
    {
        foreach (var (index, term) in required.OrEmpty().Index())
        {
            Term(term, path.Child(Required).Index(index), errors);
        }
        foreach (var (index, weighted) in preferred.OrEmpty().Index())
        {
            var at = path.Child(Preferred).Index(index);
            Weight(weighted.Weight, at, errors);
            Term(weighted.PodAffinityTerm, at.Child("podAffinityTerm"), errors);
        }
    }

    private static void Term(PodAffinityTerm term, FieldPath path, FieldErrors errors)
    {
        LabelSelectorValidation.Validate(term.LabelSelector, path.Child("labelSelector"), errors);
        LabelSelectorValidation.Validate(term.NamespaceSelector, path.Child("namespaceSelector"), errors);
        foreach (var name in term.Namespaces.OrEmpty())
        {
            errors.Invalid(path.Child("namespace"), name, Names.IsDns1123Label(name));
        }
        MatchLabelKeysValidation.Validate(term.MatchLabelKeys, term.MismatchLabelKeys, term.LabelSelector, path, errors);
        if (term.TopologyKey.Length == 0)
        {
            errors.Required(path.Child("topologyKey"), "can not be empty");
        }
        errors.Invalid(path.Child("topologyKey"), term.TopologyKey, Names.IsQualifiedName(term.TopologyKey));
    }

    private static void Weight(int weight, FieldPath path, FieldErrors errors)
    {
        if (weight is <= 0 or > 100)
        {
            errors.Invalid(path.Child("weight"), weight, "must be in the range 1-100");
        }
    }
}
