namespace Sampan.Network.Host;

/// <summary>The bridge that pods are attached to. It is made before the first pod, since the host's way to Services leads over it.</summary>
internal sealed class BridgeLink(IHost host, PodNetworkOptions options)
{
    public async Task EnsureAsync(IReadOnlyList<PodSubnet> subnets, CancellationToken cancellationToken)
    {
        string bridge = options.Bridge;
        if (await host.ReadSettingAsync($"net/ipv4/conf/{bridge}/forwarding", cancellationToken) is null)
        {
            // A fixed hardware address: otherwise the bridge takes one from its ports and changes it as pods come and go.
            await IPAsync(["link", "add", bridge, "address", subnets[0].HardwareAddress, "type", "bridge"], cancellationToken);
        }

        await RemoveOtherAddressesAsync([.. subnets.Select(s => s.GatewayCidr)], cancellationToken);
        foreach (var subnet in subnets) await IPAsync(["address", "replace", subnet.GatewayCidr, "dev", bridge, .. NoWait(subnet)], cancellationToken);
        if (options.Mtu is { } mtu) await IPAsync(["link", "set", bridge, "mtu", $"{mtu}"], cancellationToken);
        await IPAsync(["link", "set", bridge, "up"], cancellationToken);

        // Packets to Services get a new destination before they leave; the route only gives them a source and a way to there.
        // It leads to lo, since over the bridge pods would be told (ICMP redirect) to look for Services among themselves. The kernel
        // has no IPv6 routes to lo; there a rule keeps such advice back.
        foreach (var subnet in subnets)
        {
            foreach (string cidr in ServiceCidrs(subnet.IsV6))
                await IPAsync(["route", "replace", cidr, "dev", subnet.IsV6 ? bridge : "lo", "src", subnet.Gateway], cancellationToken);
        }
    }

    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        if (await host.ReadSettingAsync($"net/ipv4/conf/{options.Bridge}/forwarding", cancellationToken) is null) return;

        // The routes to Services go with the bridge and its address.
        await IPAsync(["link", "delete", options.Bridge], cancellationToken);
    }

    private IEnumerable<string> ServiceCidrs(bool v6) =>
        new[] { options.ServiceCidr, options.LoadBalancerCidr }.OfType<string>().SelectMany(text => text.Split(','))
            .Where(cidr => cidr.Contains(':', StringComparison.Ordinal) == v6);

    /// <summary>An address that no other can have is usable at once.</summary>
    private static string[] NoWait(PodSubnet subnet) => subnet.IsV6 ? ["nodad"] : [];

    /// <summary>A cluster before this one may have given the bridge another address, with which the CNI plugin refuses to work.</summary>
    private async Task RemoveOtherAddressesAsync(string[] wanted, CancellationToken cancellationToken)
    {
        string shown = await host.RunAsync("ip", ["-o", "address", "show", "dev", options.Bridge, "scope", "global"], cancellationToken);
        foreach (string line in shown.Split('\n'))
        {
            // "7: sampan0    inet 10.244.0.1/24 brd 10.244.0.255 scope global sampan0\ …"
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is [_, _, "inet" or "inet6", var address, ..] && !wanted.Contains(address))
                await IPAsync(["address", "delete", address, "dev", options.Bridge], cancellationToken);
        }
    }

    private Task IPAsync(string[] arguments, CancellationToken cancellationToken) => host.RunAsync("ip", arguments, cancellationToken);
}
