using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Warnings of where a pod may run.</summary>
internal static class PodPlacementWarnings
{
    private const string NoPod = "a null labelSelector results in matching no pod";
    private const string Required = "requiredDuringSchedulingIgnoredDuringExecution";
    private const string Preferred = "preferredDuringSchedulingIgnoredDuringExecution";

    /// <summary>Old names of nodes' labels.</summary>
    public static void Nodes(PodSpec spec, FieldPath path, List<string> warnings)
    {
        warnings.AddRange(NodeLabelWarnings.OfSelector(spec.NodeSelector.OrEmpty(), path.Child("nodeSelector")));
        if (spec.Affinity?.NodeAffinity is { } affinity)
        {
            var at = path.Child("affinity", "nodeAffinity");
            var required = (affinity.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms).OrEmpty();
            warnings.AddRange(required.Index().SelectMany(one => NodeLabelWarnings.OfTerm(
                one.Item, at.Child(Required, "nodeSelectorTerms").Index(one.Index), checkValues: false)));
            warnings.AddRange(affinity.PreferredDuringSchedulingIgnoredDuringExecution.OrEmpty().Index().SelectMany(one =>
                NodeLabelWarnings.OfTerm(one.Item.Preference, at.Child(Preferred).Index(one.Index).Child("preference"), checkValues: true)));
        }
        foreach (var (index, constraint) in spec.TopologySpreadConstraints.OrEmpty().Index())
        {
            warnings.AddRange(Spread(constraint, path.Child("topologySpreadConstraints").Index(index)));
        }
    }

    /// <summary>Terms of affinity that no pod can meet.</summary>
    public static void Selectors(PodSpec spec, FieldPath path, List<string> warnings)
    {
        if (spec.Affinity?.PodAffinity is { } affinity)
        {
            warnings.AddRange(Terms(
                affinity.RequiredDuringSchedulingIgnoredDuringExecution, affinity.PreferredDuringSchedulingIgnoredDuringExecution,
                path.Child("affinity", "podAffinity")));
        }
        if (spec.Affinity?.PodAntiAffinity is { } anti)
        {
            warnings.AddRange(Terms(
                anti.RequiredDuringSchedulingIgnoredDuringExecution, anti.PreferredDuringSchedulingIgnoredDuringExecution,
                path.Child("affinity", "podAntiAffinity")));
        }
    }

    private static IEnumerable<string> Spread(TopologySpreadConstraint constraint, FieldPath path) =>
    [
        .. NodeLabelWarnings.OfTopologyKey(constraint.TopologyKey, path.Child("topologyKey")),
        .. constraint.LabelSelector is null ? [$"{path.Child("labelSelector")}: {NoPod}"] : Array.Empty<string>(),
    ];

    private static IEnumerable<string> Terms(List<PodAffinityTerm>? required, List<WeightedPodAffinityTerm>? preferred, FieldPath path) =>
    [
        .. from one in required.OrEmpty().Index()
           where one.Item.LabelSelector is null
           select $"{path.Child(Required).Index(one.Index).Child("labelSelector")}: {NoPod}",
        .. from one in preferred.OrEmpty().Index()
           where one.Item.PodAffinityTerm.LabelSelector is null
           select $"{path.Child(Preferred).Index(one.Index).Child("podAffinityTerm", "labelSelector")}: {NoPod}",
    ];
}
