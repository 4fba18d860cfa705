namespace Sampan.Network.Host;

/// <summary>The bridge that pods are attached to. It is made before the first pod, since the host's way to Services leads over it.</summary>
internal sealed class BridgeLink(IHost host, PodNetworkOptions options)
{
    public async Task EnsureAsync(PodSubnet subnet, CancellationToken cancellationToken)
    {
        string bridge = options.Bridge;
        if (await host.ReadSettingAsync($"net/ipv4/conf/{bridge}/forwarding", cancellationToken) is null)
        {
            // A fixed hardware address: otherwise the bridge takes one from its ports and changes it as pods come and go.
            await IPAsync(["link", "add", bridge, "address", subnet.HardwareAddress, "type", "bridge"], cancellationToken);
        }

        await RemoveOtherAddressesAsync($"{subnet.Gateway}/{subnet.PrefixLength}", cancellationToken);
        await IPAsync(["address", "replace", $"{subnet.Gateway}/{subnet.PrefixLength}", "dev", bridge], cancellationToken);
        if (options.Mtu is { } mtu) await IPAsync(["link", "set", bridge, "mtu", $"{mtu}"], cancellationToken);
        await IPAsync(["link", "set", bridge, "up"], cancellationToken);

        // Packets to Services get a new destination before they leave; the route only gives them a source and a way to there.
        // It leads to lo, since over the bridge pods would be told (ICMP redirect) to look for Services among themselves.
        foreach (var cidr in new[] { options.ServiceCidr, options.LoadBalancerCidr }.OfType<string>())
            await IPAsync(["route", "replace", cidr, "dev", "lo", "src", subnet.Gateway], cancellationToken);
    }

    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        if (await host.ReadSettingAsync($"net/ipv4/conf/{options.Bridge}/forwarding", cancellationToken) is null) return;

        // The route to Services goes with the bridge's address, which is its source.
        await IPAsync(["link", "delete", options.Bridge], cancellationToken);
    }

    /// <summary>A cluster before this one may have given the bridge another address, with which the CNI plugin refuses to work.</summary>
    private async Task RemoveOtherAddressesAsync(string wanted, CancellationToken cancellationToken)
    {
        string shown = await host.RunAsync("ip", ["-o", "-4", "address", "show", "dev", options.Bridge], cancellationToken);
        foreach (string line in shown.Split('\n'))
        {
            // "7: sampan0    inet 10.244.0.1/24 brd 10.244.0.255 scope global sampan0\ …"
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is [_, _, "inet", var address, ..] && address != wanted)
                await IPAsync(["address", "delete", address, "dev", options.Bridge], cancellationToken);
        }
    }

    private Task IPAsync(string[] arguments, CancellationToken cancellationToken) => host.RunAsync("ip", arguments, cancellationToken);
}
