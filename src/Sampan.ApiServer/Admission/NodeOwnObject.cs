using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Admission;

/// <summary>What a kubelet may write into its Node: nothing that draws pods to it, and nothing that has others deleted.</summary>
internal static class NodeOwnObject
{
    private const string RestrictedPrefix = "node-restriction.kubernetes.io/";

    private static readonly HashSet<string> OwnLabels =
    [
        "kubernetes.io/hostname", "kubernetes.io/arch", "kubernetes.io/os", "beta.kubernetes.io/arch", "beta.kubernetes.io/os",
        "beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type", "failure-domain.beta.kubernetes.io/region",
        "failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/region", "topology.kubernetes.io/zone",
    ];

    public static void Check(AdmissionRequest request, string node)
    {
        var quoted = GoText.Quote(node);
        if (request.Name != node)
        {
            throw request.Forbidden($"node {quoted} is not allowed to modify node {GoText.Quote(request.Name)}");
        }
        if (request.Operation == AdmissionOperation.Delete)
        {
            throw request.Forbidden($"node {quoted} is not allowed to delete itself");
        }
        if (request.Object is Node changed && (request.OldObject is Node old ? UpdateComplaint(changed, old, quoted) : CreateComplaint(changed, quoted)) is { } complaint)
        {
            throw request.Forbidden(complaint);
        }
    }

    private static string? CreateComplaint(Node node, string quoted) =>
        node.Spec.ConfigSource is not null ? $"node {quoted} is not allowed to create pods with a non-nil configSource"
        : Forbidden(node, null) is { Count: > 0 } labels ? $"node {quoted} is not allowed to set the following labels: {string.Join(", ", labels)}"
        : null;

    private static string? UpdateComplaint(Node node, Node old, string quoted) =>
        node.Spec.ConfigSource is { } source && !source.DeepEquals(old.Spec.ConfigSource) ? $"node {quoted} is not allowed to update configSource to a new non-nil configSource"
        : !Same(node.Spec.Taints, old.Spec.Taints) ? $"node {quoted} is not allowed to modify taints"
        : !Same(node.Metadata.OwnerReferences, old.Metadata.OwnerReferences) ? $"node {quoted} is not allowed to modify ownerReferences"
        : Forbidden(node, old) is { Count: > 0 } labels ? $"is not allowed to modify labels: {string.Join(", ", labels)}"
        : null;

    private static List<string> Forbidden(Node changed, Node? old) => [.. ChangedLabels(changed, old).Where(IsForbidden).Order(StringComparer.Ordinal)];

    /// <summary>Labels of kubernetes.io and k8s.io that steer pods are the administrator's, except a few that describe the host.</summary>
    private static bool IsForbidden(string label)
    {
        var slash = label.IndexOf('/', StringComparison.Ordinal);
        var domain = slash < 0 ? "" : label[..slash];
        if (label.StartsWith(RestrictedPrefix, StringComparison.Ordinal) || domain.EndsWith(".node-restriction.kubernetes.io", StringComparison.Ordinal))
        {
            return true;
        }
        var reserved = IsIn(domain, "kubernetes.io") || IsIn(domain, "k8s.io");
        return reserved && !OwnLabels.Contains(label) && !IsIn(domain, "kubelet.kubernetes.io") && !IsIn(domain, "node.kubernetes.io");
    }

    private static bool IsIn(string domain, string parent) =>
        domain == parent || domain.EndsWith("." + parent, StringComparison.Ordinal);

    private static IEnumerable<string> ChangedLabels(Node changed, Node? old)
    {
        var (now, was) = (changed.Metadata.Labels.OrEmpty(), (old?.Metadata.Labels).OrEmpty());
        return now.Where(one => was.GetValueOrDefault(one.Key) != one.Value).Select(one => one.Key)
            .Concat(was.Keys.Where(key => !now.ContainsKey(key)));
    }

    private static bool Same<T>(List<T>? a, List<T>? b)
        where T : class, IApiType<T> =>
        a.OrEmpty().Count == b.OrEmpty().Count && a.OrEmpty().Zip(b.OrEmpty()).All(pair => pair.First.DeepEquals(pair.Second));
}
