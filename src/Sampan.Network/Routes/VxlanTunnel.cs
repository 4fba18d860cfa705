using System.Text.Json.Nodes;
using Sampan.Network.Host;

namespace Sampan.Network.Routes;

/// <summary>
/// The tunnel to nodes behind a router. Nothing is learned from packets: each peer's place is written down, since all of it
/// follows from the Node objects.
/// </summary>
internal sealed class VxlanTunnel(IHost host, string device)
{
    private const string Identifier = "4090", Port = "4789";
    private const int Overhead = 50;

    public async Task EnsureAsync(NodePeer self, string underlay, CancellationToken cancellationToken)
    {
        int mtu = await MtuAsync(underlay, cancellationToken) - Overhead;
        if (!await ExistsAsync(cancellationToken))
            await IPAsync(["link", "add", device, "type", "vxlan", "id", Identifier, "local", self.Address, "dstport", Port, "nolearning"], cancellationToken);
        await IPAsync(["link", "set", device, "mtu", $"{mtu}", "address", self.TunnelHardwareAddress], cancellationToken);
        await IPAsync(["address", "replace", $"{self.TunnelAddress}/32", "dev", device], cancellationToken);
        await IPAsync(["link", "set", device, "up"], cancellationToken);
    }

    /// <summary>Writes down where a peer's end of the tunnel is.</summary>
    public async Task AddPeerAsync(NodePeer peer, CancellationToken cancellationToken)
    {
        string[] addresses = peer.PodCidrV6 is null ? [peer.TunnelAddress] : [peer.TunnelAddress, peer.TunnelAddressV6];
        foreach (string address in addresses)
            await IPAsync(["neigh", "replace", address, "lladdr", peer.TunnelHardwareAddress, "dev", device, "nud", "permanent"], cancellationToken);

        // Earlier addresses of the peer would get copies of its packets.
        foreach (string old in await DestinationsAsync(peer.TunnelHardwareAddress, cancellationToken))
        {
            if (old != peer.Address) await BridgeAsync("delete", peer.TunnelHardwareAddress, old, cancellationToken);
        }

        await BridgeAsync("replace", peer.TunnelHardwareAddress, peer.Address, cancellationToken);
    }

    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        if (await ExistsAsync(cancellationToken)) await IPAsync(["link", "delete", device], cancellationToken);
    }

    // Not from /sys, which may be another network namespace's.
    private async Task<int> MtuAsync(string link, CancellationToken cancellationToken) =>
        (int)JsonNode.Parse(await host.RunAsync("ip", ["-j", "link", "show", "dev", link], cancellationToken))!.AsArray()[0]!["mtu"]!;

    private async Task<bool> ExistsAsync(CancellationToken cancellationToken) =>
        await host.ReadSettingAsync($"net/ipv4/conf/{device}/forwarding", cancellationToken) is not null;

    private async Task<IReadOnlyList<string>> DestinationsAsync(string hardwareAddress, CancellationToken cancellationToken)
    {
        string shown = await host.RunAsync("bridge", ["-j", "fdb", "show", "dev", device], cancellationToken);
        return [.. JsonNode.Parse(shown)!.AsArray()
            .Where(e => (string?)e!["mac"] == hardwareAddress).Select(e => (string?)e!["dst"]).OfType<string>()];
    }

    private Task BridgeAsync(string verb, string hardwareAddress, string destination, CancellationToken cancellationToken) =>
        host.RunAsync("bridge", ["fdb", verb, hardwareAddress, "dev", device, "dst", destination], cancellationToken);

    private Task IPAsync(string[] arguments, CancellationToken cancellationToken) => host.RunAsync("ip", arguments, cancellationToken);
}
