namespace Sampan.Cluster.Certificates;

/// <summary>The names that the certificates of one cluster's control plane carry.</summary>
public sealed record PkiOptions
{
    /// <summary>Names and addresses of this host under which clients reach the API server.</summary>
    public IReadOnlyList<string> ServerNames { get; init; } = [];

    public string ClusterDomain { get; init; } = "cluster.local";

    /// <summary>The ClusterIP of the Service <c>kubernetes</c>.</summary>
    public string ServiceAddress { get; init; } = "10.96.0.1";

    internal IEnumerable<string> AllServerNames() =>
    [
        "kubernetes", "kubernetes.default", "kubernetes.default.svc", $"kubernetes.default.svc.{ClusterDomain}",
        "localhost", "127.0.0.1", "::1", ServiceAddress, .. ServerNames,
    ];
}
