using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;

namespace Sampan.Cluster.Server;

/// <summary>The ranges of pod addresses that the controller manager gives to a node, between commas.</summary>
internal static class NodePodCidr
{
    /// <summary>Waits until the node is registered and has its ranges.</summary>
    public static async Task<string> WaitAsync(ApiClient client, string nodeName, CancellationToken ct)
    {
        var selection = new ListOptions { FieldSelector = $"metadata.name={nodeName}" };
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            await foreach (var change in client.Of<Node>().WatchAsync(null, selection, ct))
            {
                if (change.Object.Spec is { PodCIDR.Length: > 0 } spec) return spec.PodCIDRs is { Count: > 0 } all ? string.Join(',', all) : spec.PodCIDR;
            }
        }
    }
}
