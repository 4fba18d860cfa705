using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Network.Host;

namespace Sampan.Network;

/// <summary>
/// The link on which the further nodes of a one-machine cluster live, each in a network namespace:
/// <code>
/// this host ── sampan-nodes 10.251.0.1 ─┬─ eth0 10.251.0.2 node 2
///                                       └─ eth0 10.251.0.3 node 3
/// </code>
/// </summary>
public sealed class NodeLink
{
    public const string Subnet = "10.251.0.";
    private const string Bridge = "sampan-nodes", Gateway = Subnet + "1", Table = "ip sampan-nodes";
    private readonly IHost _host = new LinuxHost();

    /// <summary>Makes the bridge, lets the nodes out into the world, and forwards for them.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (!await HasAsync(Bridge, cancellationToken)) await IPAsync(cancellationToken, "link", "add", Bridge, "type", "bridge");
        await IPAsync(cancellationToken, "address", "replace", $"{Gateway}/24", "dev", Bridge);
        await IPAsync(cancellationToken, "link", "set", Bridge, "up");
        await _host.RunAsync("nft", [Rules()], cancellationToken);
        await Policy().AllowAsync(cancellationToken);
    }

    /// <summary>Gives a node its namespace with one interface; an address of this host is on the node's link as well.</summary>
    /// <param name="name">The namespace's name.</param>
    /// <param name="address">The node's address on the link.</param>
    /// <param name="server">Where the API server is reached.</param>
    public async Task AttachAsync(string name, string address, string server, CancellationToken cancellationToken)
    {
        if (!File.Exists($"/run/netns/{name}")) await IPAsync(cancellationToken, "netns", "add", name);
        if (await InsideAsync(name, "eth0", cancellationToken)) return;
        string uplink = "sn-" + address.Replace('.', '-')[^6..].TrimStart('-');
        if (await HasAsync(uplink, cancellationToken)) await IPAsync(cancellationToken, "link", "delete", uplink);
        await IPAsync(cancellationToken, "link", "add", uplink, "type", "veth", "peer", "name", "eth0", "netns", name);
        await IPAsync(cancellationToken, "link", "set", uplink, "master", Bridge, "up");

        // Where the kernel shows bridged packets to nftables, a Service of this host leads a node back to a pod of its own on the bridge.
        await IPAsync(cancellationToken, "link", "set", uplink, "type", "bridge_slave", "hairpin", "on");
        string[][] commands =
        [
            ["link", "set", "lo", "up"], ["address", "replace", $"{address}/24", "dev", "eth0"], ["link", "set", "eth0", "up"],
            ["route", "replace", "default", "via", Gateway], ["route", "replace", $"{server}/32", "dev", "eth0"],
        ];
        foreach (string[] command in commands) await IPAsync(cancellationToken, ["-n", name, .. command]);
    }

    public async Task DetachAsync(string name, CancellationToken cancellationToken)
    {
        if (File.Exists($"/run/netns/{name}")) await IPAsync(cancellationToken, "netns", "delete", name);
    }

    /// <summary>Takes away what <see cref="EnsureAsync"/> made.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        if (!await HasAsync(Bridge, cancellationToken)) return;
        await Policy().ForgetAsync(cancellationToken);
        await IPAsync(cancellationToken, "link", "delete", Bridge);
        await _host.RunAsync("nft", [$"add table {Table}\ndelete table {Table}\n"], cancellationToken);
    }

    // Between nodes and pods nothing is masqueraded; what leaves the machine is.
    private static string Rules() =>
        $$"""
        add table {{Table}}
        delete table {{Table}}
        table {{Table}} {
          chain node-masquerade {
            type nat hook postrouting priority 110; policy accept;
            ip saddr {{Gateway}}/24 oifname != { "{{Bridge}}", "sampan0" } masquerade fully-random
          }
        }

        """;

    private ForwardPolicy Policy() => new(_host, Bridge, NullLogger.Instance);

    private async Task<bool> HasAsync(string link, CancellationToken cancellationToken) =>
        await _host.ReadSettingAsync($"net/ipv4/conf/{link}/forwarding", cancellationToken) is not null;

    private async Task<bool> InsideAsync(string name, string link, CancellationToken cancellationToken)
    {
        try
        {
            await IPAsync(cancellationToken, "-n", name, "link", "show", link);
            return true;
        }
        catch (HostCommandException)
        {
            return false;
        }
    }

    private Task IPAsync(CancellationToken cancellationToken, params string[] arguments) => _host.RunAsync("ip", arguments, cancellationToken);
}
