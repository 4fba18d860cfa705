using System.Text.Json.Nodes;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.NodeLifecycle;

/// <summary>Labels of nodes that have an older name as well, which some selectors still use.</summary>
internal static class NodeLabels
{
    private static readonly (string Name, string Old)[] Renamed =
        [("kubernetes.io/os", "beta.kubernetes.io/os"), ("kubernetes.io/arch", "beta.kubernetes.io/arch")];

    /// <summary>The older names that do not say what the names of today say.</summary>
    public static JsonObject Missing(Node node)
    {
        var (labels, missing) = (node.Metadata.Labels.OrEmpty(), new JsonObject());
        foreach (var (name, old) in Renamed)
            if (labels.GetValueOrDefault(name) is { } value && labels.GetValueOrDefault(old) != value) missing[old] = value;
        return missing;
    }
}
