using System.Text.Json.Nodes;

namespace Sampan.Network.Host;

/// <summary>
/// Lets the host forward IPv6. A host that forwards stops listening to routers unless it is told to go on, and would lose the way
/// into the world that it has from one some time later.
/// </summary>
internal sealed class IPv6Forwarding(IHost host, KernelSettings settings)
{
    private const string Interfaces = "net/ipv6/conf";
    private const string AlsoWhenForwarding = "2";

    public async Task AllowAsync(CancellationToken cancellationToken)
    {
        foreach (string device in await LearnedFromRoutersAsync(cancellationToken))
            await settings.SetAsync($"{Interfaces}/{device}/accept_ra", AlsoWhenForwarding, cancellationToken);
        await settings.SetAsync($"{Interfaces}/all/forwarding", "1", cancellationToken);

        // As for IPv4: answers between two pods of one bridge must not bypass the translation of Service addresses.
        await settings.SetAsync("net/bridge/bridge-nf-call-ip6tables", "1", cancellationToken);
    }

    /// <summary>The interfaces with a default route that a router announced.</summary>
    private async Task<IEnumerable<string>> LearnedFromRoutersAsync(CancellationToken cancellationToken)
    {
        string routes = await host.RunAsync("ip", ["-6", "-j", "route", "show", "default", "proto", "ra"], cancellationToken);
        return string.IsNullOrWhiteSpace(routes)
            ? []
            : JsonNode.Parse(routes)!.AsArray().Select(route => (string?)route!["dev"]).OfType<string>().Distinct();
    }
}
