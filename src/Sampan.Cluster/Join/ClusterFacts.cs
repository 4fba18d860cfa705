using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Cluster.ContainerRuntime;
using Sampan.Cluster.Host;
using Sampan.Cluster.Server;

namespace Sampan.Cluster.Join;

/// <summary>What every node of a cluster must agree on; the server writes it down in the ConfigMap kube-system/sampan-cluster.</summary>
internal static class ClusterFacts
{
    public const string Name = "sampan-cluster";
    public const string Namespace = "kube-system";
    private const string ServiceCidr = "serviceCidr", ClusterCidr = "clusterCidr", ClusterDomain = "clusterDomain", Cni = "cni";
    private const string Own = "sampan", None = "none";

    public static ConfigMap Of(ClusterOptions options) => new()
    {
        Metadata = new() { Name = Name, Namespace = Namespace },
        Data = new()
        {
            [ServiceCidr] = options.ServiceCidr, [ClusterCidr] = options.ClusterCidr, [ClusterDomain] = options.ClusterDomain,
            [Cni] = options.ForeignCni is null ? Own : None,
        },
    };

    /// <summary>Whether somebody else makes the cluster's pod network.</summary>
    public static async Task<bool> HasForeignCniAsync(ApiClient client, CancellationToken ct) =>
        (await client.Of<ConfigMap>().FindAsync(Namespace, Name, ct))?.Data?.GetValueOrDefault(Cni) == None;

    /// <summary>A node's options with the cluster's facts.</summary>
    public static async Task<ClusterOptions> ReadAsync(ApiClient client, ClusterOptions node, CancellationToken ct)
    {
        var facts = (await client.Of<ConfigMap>().FindAsync(Namespace, Name, ct))?.Data
            ?? throw new HostException($"the cluster has no ConfigMap {Namespace}/{Name}: is its server a sampan server of this version?");
        return node with
        {
            ServiceCidr = facts[ServiceCidr],
            ClusterCidr = facts[ClusterCidr],
            ClusterDomain = facts[ClusterDomain],
            SecondNodeAddress = node.SecondNodeAddress ?? (facts[ClusterCidr].Contains(',', StringComparison.Ordinal) ? NodeAddresses.PrimaryV6() : null),
            ForeignCni = facts.GetValueOrDefault(Cni) == None ? node.ForeignCni ?? CniFolders.Foreign : null,
        };
    }
}
