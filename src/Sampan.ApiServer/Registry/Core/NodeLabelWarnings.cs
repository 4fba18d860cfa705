using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Labels of nodes that have got other names, wherever nodes are selected. Upstream: pkg/api/node.</summary>
internal static class NodeLabelWarnings
{
    private static readonly Dictionary<string, string> Deprecated = new()
    {
        ["beta.kubernetes.io/arch"] = "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
        ["beta.kubernetes.io/os"] = "deprecated since v1.14; use \"kubernetes.io/os\" instead",
        ["failure-domain.beta.kubernetes.io/region"] = "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
        ["failure-domain.beta.kubernetes.io/zone"] = "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
        ["beta.kubernetes.io/instance-type"] = "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
        ["app.kubernetes.io/created-by"] = "deprecated since v1.9",
        ["scheduler.alpha.kubernetes.io/preferAvoidPods"] = "deprecated since v1.22; use Taints and Tolerations instead",
        ["node-role.kubernetes.io/master"] = "use \"node-role.kubernetes.io/control-plane\" instead",
    };

    /// <summary>What is wrong with a label; null for one that is right.</summary>
    public static string? Of(string label) => Deprecated.GetValueOrDefault(label);

    /// <summary>The label that has taken the place of an old one; null when none has.</summary>
    public static string? Successor(string label) => label switch
    {
        "beta.kubernetes.io/arch" => "kubernetes.io/arch",
        "beta.kubernetes.io/os" => "kubernetes.io/os",
        "failure-domain.beta.kubernetes.io/region" => "topology.kubernetes.io/region",
        "failure-domain.beta.kubernetes.io/zone" => "topology.kubernetes.io/zone",
        "beta.kubernetes.io/instance-type" => "node.kubernetes.io/instance-type",
        _ => null,
    };

    public static IEnumerable<string> OfSelector(IReadOnlyDictionary<string, string> labels, FieldPath path) =>
        labels.Keys.Where(Deprecated.ContainsKey).Select(key => $"{path.Key(key)}: {Deprecated[key]}");

    public static IEnumerable<string> OfTopologyKey(string key, FieldPath path) => Of(key) is { } use ? [$"{path}: {key} is {use}"] : [];

    /// <param name="checkValues">Whether to name values that no label can have, where validation lets them pass.</param>
    public static IEnumerable<string> OfTerm(NodeSelectorTerm term, FieldPath path, bool checkValues)
    {
        foreach (var (index, expression) in term.MatchExpressions.OrEmpty().Index())
        {
            var at = path.Child("matchExpressions").Index(index);
            foreach (var warning in OfTopologyKey(expression.Key, at.Child("key")))
            {
                yield return warning;
            }
            foreach (var (place, value) in checkValues ? expression.Values.OrEmpty().Index() : [])
            {
                foreach (var complaint in Names.IsLabelValue(value))
                {
                    yield return $"{at.Child("values").Index(place)}: {value} is invalid, {complaint}";
                }
            }
        }
    }

    public static IEnumerable<string> OfLabelSelector(LabelSelector? selector, FieldPath path) =>
    [
        .. (selector?.MatchExpressions).OrEmpty().Index().SelectMany(one =>
            OfTopologyKey(one.Item.Key, path.Child("matchExpressions").Index(one.Index).Child("key"))),
        .. (selector?.MatchLabels).OrEmpty().Keys.Where(Deprecated.ContainsKey)
            .Select(key => $"{path.Child("matchLabels").Child(key)}: {Deprecated[key]}"),
    ];
}
