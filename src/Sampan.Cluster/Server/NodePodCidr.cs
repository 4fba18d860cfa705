using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;

namespace Sampan.Cluster.Server;

/// <summary>The range of pod addresses that the controller manager gives to a node.</summary>
internal static class NodePodCidr
{
    /// <summary>Waits until the node is registered and has its range.</summary>
    public static async Task<string> WaitAsync(ApiClient client, string nodeName, CancellationToken ct)
    {
        var selection = new ListOptions { FieldSelector = $"metadata.name={nodeName}" };
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            await foreach (var change in client.Of<Node>().WatchAsync(null, selection, ct))
            {
                if (change.Object.Spec.PodCIDR is { Length: > 0 } cidr) return cidr;
            }
        }
    }
}
