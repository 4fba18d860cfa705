using Microsoft.Extensions.Logging;
using Sampan.Network.Host;

namespace Sampan.Network.Routes;

/// <summary>Brings the host's routes to what the nodes say; safe to repeat at any time.</summary>
internal sealed class RouteSync(IHost host, string vxlanDevice, ILogger log)
{
    private readonly RoutingTable _table = new(host);
    private readonly VxlanTunnel _tunnel = new(host, vxlanDevice);

    /// <summary>
    /// A node behind a router is reached through the tunnel. So are the IPv6 pods of a node that has no IPv6 address on this link:
    /// the tunnel runs over IPv4.
    /// </summary>
    public async Task SyncAsync(NodePeer self, IReadOnlyCollection<NodePeer> peers, CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<string, PodRoute>();
        bool hasTunnel = false;
        foreach (var peer in peers)
        {
            if (await _table.FindLinkAsync(peer.Address, cancellationToken) is not { } link)
            {
                log.LogWarning("No route leads to the node at {Address}; its pods at {Cidr} cannot be reached.", peer.Address, peer.PodCidr);
                continue;
            }

            PodRoute[] routes = [.. await RoutesAsync(peer, link, cancellationToken)];
            if (routes.Any(r => r.Device == vxlanDevice))
            {
                if (!hasTunnel) await _tunnel.EnsureAsync(self, link.Device, cancellationToken);
                hasTunnel = true;
                await _tunnel.AddPeerAsync(peer, cancellationToken);
            }

            foreach (var route in routes) wanted[route.PodCidr] = route;
        }

        await ReplaceAsync(wanted, cancellationToken);
    }

    private async Task<List<PodRoute>> RoutesAsync(NodePeer peer, (string Device, bool OnLink) link, CancellationToken cancellationToken)
    {
        List<PodRoute> routes = [link.OnLink ? new(peer.PodCidr, peer.Address, link.Device) : new(peer.PodCidr, peer.TunnelAddress, vxlanDevice)];
        if (peer.PodCidrV6 is not { } cidr) return routes;
        var linkV6 = peer.AddressV6 is { } address ? await _table.FindLinkAsync(address, cancellationToken) : null;
        routes.Add(linkV6 is { OnLink: true } near ? new(cidr, peer.AddressV6!, near.Device) : new(cidr, peer.TunnelAddressV6, vxlanDevice));
        return routes;
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
