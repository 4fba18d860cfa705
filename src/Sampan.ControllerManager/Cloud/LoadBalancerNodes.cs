using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Cloud;

/// <summary>The nodes that load balancers send to. One that is not ready stays: the balancer's own health checks see to that.</summary>
internal static class LoadBalancerNodes
{
    private const string Excluded = "node.kubernetes.io/exclude-from-external-load-balancers";
    private const string GoesSoon = "ToBeDeletedByClusterAutoscaler";

    public static bool Has(Node node) =>
        node.Metadata.DeletionTimestamp is null && IsIncluded(node) && node.Spec.Taints?.Exists(t => t.Key == GoesSoon) != true;

    /// <summary>True for a change that balancers have to learn; a taint alone waits for the next one.</summary>
    public static bool Matters(Node? old, Node? current) =>
        old is null || current is null || IsIncluded(old) != IsIncluded(current) || old.Spec.ProviderID != current.Spec.ProviderID;

    /// <summary>What makes one set of nodes another.</summary>
    public static HashSet<(string Name, string? Id)> IdentityOf(IEnumerable<Node> nodes) => [.. nodes.Select(n => (n.Metadata.Name, n.Spec.ProviderID))];

    /// <summary>The label excludes, unless its value says that it does not.</summary>
    private static bool IsIncluded(Node node) =>
        node.Metadata.Labels?.GetValueOrDefault(Excluded) is not { } value || GoText.ParseBool(value) == false;
}
