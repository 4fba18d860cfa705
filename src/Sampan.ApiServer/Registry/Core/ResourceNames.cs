using Sampan.Api;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>What is known of the names of resources: cpu, hugepages-2Mi, requests.cpu, example.com/gpu. Upstream: pkg/apis/core/helper.</summary>
internal static class ResourceNames
{
    private const string HugePages = "hugepages-";

    private static readonly HashSet<string> Container = ["cpu", "memory", "ephemeral-storage"];

    private static readonly HashSet<string> Counts =
    [
        "pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps", "persistentvolumeclaims",
        "services.nodeports", "services.loadbalancers",
    ];

    private static readonly HashSet<string> Quota =
    [
        .. Container, .. Counts, "requests.cpu", "requests.memory", "requests.storage", "requests.ephemeral-storage",
        "limits.cpu", "limits.memory", "limits.ephemeral-storage",
    ];

    public static bool IsHugePages(string name) => name.StartsWith(HugePages, StringComparison.Ordinal);

    public static bool IsForContainers(string name) => Container.Contains(name) || IsHugePages(name);

    public static bool IsForQuotas(string name) =>
        Quota.Contains(name) || IsHugePages(name) || name.StartsWith("requests." + HugePages, StringComparison.Ordinal);

    /// <summary>One of Kubernetes' own, in whatever place it is used.</summary>
    public static bool IsStandard(string name) => name == "storage" || IsForQuotas(name);

    public static bool IsNative(string name) =>
        !name.Contains('/', StringComparison.Ordinal) || name.Contains("kubernetes.io/", StringComparison.Ordinal);

    public static bool IsExtended(string name) =>
        !IsNative(name) && !name.StartsWith("requests.", StringComparison.Ordinal) && Names.IsQualifiedName("requests." + name).Count == 0;

    /// <summary>Whether more may be promised than there is, so that requests and limits may differ.</summary>
    public static bool MayOvercommit(string name) => IsNative(name) && !IsHugePages(name);

    public static bool IsWhole(string name) => Counts.Contains(name) || IsExtended(name);

    /// <summary>Whether an amount of huge pages is made of whole pages.</summary>
    public static bool IsOfWholePages(string name, Quantity amount) =>
        Quantity.TryParse(name[HugePages.Length..], out var page) && page.AsExactLong() is > 0 and var size && amount.AsLong() % size == 0;
}
