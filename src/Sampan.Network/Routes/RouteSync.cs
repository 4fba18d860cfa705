using Microsoft.Extensions.Logging;
using Sampan.Network.Host;

namespace Sampan.Network.Routes;

/// <summary>Brings the host's routes to what the nodes say; safe to repeat at any time.</summary>
internal sealed class RouteSync(IHost host, string vxlanDevice, ILogger log)
{
    private readonly RoutingTable _table = new(host);
    private readonly VxlanTunnel _tunnel = new(host, vxlanDevice);

    public async Task SyncAsync(NodePeer self, IReadOnlyCollection<NodePeer> peers, CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<string, PodRoute>();
        bool tunnelled = false;
        foreach (var peer in peers)
        {
            if (await _table.FindLinkAsync(peer.Address, cancellationToken) is not { } link)
            {
                log.LogWarning("No route leads to the node at {Address}; its pods at {Cidr} cannot be reached.", peer.Address, peer.PodCidr);
                continue;
            }

            if (!link.OnLink)
            {
                if (!tunnelled) await _tunnel.EnsureAsync(self, link.Device, cancellationToken);
                tunnelled = true;
                await _tunnel.AddPeerAsync(peer, cancellationToken);
            }

            wanted[peer.PodCidr] = link.OnLink
                ? new PodRoute(peer.PodCidr, peer.Address, link.Device)
                : new PodRoute(peer.PodCidr, peer.TunnelAddress, vxlanDevice);
        }

        await ReplaceAsync(wanted, cancellationToken);
    }

    /// <summary>Takes all routes and the tunnel away.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        await ReplaceAsync([], cancellationToken);
        await _tunnel.RemoveAsync(cancellationToken);
    }

    private async Task ReplaceAsync(Dictionary<string, PodRoute> wanted, CancellationToken cancellationToken)
    {
        var present = await _table.ListAsync(cancellationToken);
        foreach (var route in present)
        {
            if (!wanted.ContainsKey(route.PodCidr)) await _table.DeleteAsync(route, cancellationToken);
        }

        foreach (var route in wanted.Values.Except(present))
        {
            await _table.ReplaceAsync(route, cancellationToken);
            log.LogInformation("Pods at {Cidr} are reached over {Via} on {Device}", route.PodCidr, route.Via, route.Device);
        }
    }
}
