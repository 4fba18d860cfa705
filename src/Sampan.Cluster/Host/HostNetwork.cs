using Sampan.Network;
using Sampan.Proxy;

namespace Sampan.Cluster.Host;

/// <summary>Takes away what the proxy, the policies and the pod network put on the host.</summary>
internal static class HostNetwork
{
    public static async Task RestoreAsync(ClusterPaths paths, CancellationToken ct)
    {
        await KubeProxy.CleanupAsync(ct);
        await NetworkPolicyEnforcer.CleanupAsync(ct);
        await NodeRoutes.CleanupAsync(ct);
        await PodNetwork.CleanupAsync(new PodNetworkOptions { PodCidr = "", ConfigDirectory = paths.Cni, StateDirectory = paths.CniState }, ct);
    }
}
