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
    public static IEnumerable<string> Nodes(PodSpec spec, FieldPath path)
    {
        var affinity = path.Child("affinity", "nodeAffinity");
        var required = (spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms).OrEmpty();
        var preferred = (spec.Affinity?.NodeAffinity?.PreferredDuringSchedulingIgnoredDuringExecution).OrEmpty();
        return
        [
            .. NodeLabelWarnings.OfSelector(spec.NodeSelector.OrEmpty(), path.Child("nodeSelector")),
            .. required.Index().SelectMany(one => NodeLabelWarnings.OfTerm(
                one.Item, affinity.Child(Required, "nodeSelectorTerms").Index(one.Index), checkValues: false)),
            .. preferred.Index().SelectMany(one => NodeLabelWarnings.OfTerm(
                one.Item.Preference, affinity.Child(Preferred).Index(one.Index).Child("preference"), checkValues: true)),
            .. spec.TopologySpreadConstraints.OrEmpty().Index().SelectMany(one =>
                Spread(one.Item, path.Child("topologySpreadConstraints").Index(one.Index))),
        ];
    }

    /// <summary>Terms of affinity that no pod can meet.</summary>
    public static IEnumerable<string> Selectors(PodSpec spec, FieldPath path) =>
    [
        .. Terms(
            spec.Affinity?.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution,
            spec.Affinity?.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution, path.Child("affinity", "podAffinity")),
        .. Terms(
            spec.Affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution,
            spec.Affinity?.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution, path.Child("affinity", "podAntiAffinity")),
    ];

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
