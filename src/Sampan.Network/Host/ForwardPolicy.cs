using Microsoft.Extensions.Logging;

namespace Sampan.Network.Host;

/// <summary>
/// Where the host's own firewall drops what it would forward (docker and ufw set it so), pods would be cut off: an accept in
/// our table cannot undo a drop in another. So two rules go into that chain, marked as ours, and leave with us.
/// </summary>
internal sealed class ForwardPolicy(IHost host, string bridge, ILogger log, string program = "iptables")
{
    private const string Comment = "sampan: traffic of pods";

    public async Task AllowAsync(CancellationToken cancellationToken)
    {
        if (!await DropsAsync(cancellationToken)) return;
        foreach (string direction in new[] { "-i", "-o" })
        {
            if (await TryAsync("-C", direction, cancellationToken)) continue;
            await host.RunAsync(program, Rule("-I", direction), cancellationToken);
            log.LogInformation("The host drops forwarded traffic; a rule for {Bridge} lets pods through.", bridge);
        }
    }

    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        foreach (string direction in new[] { "-i", "-o" })
        {
            while (await TryAsync("-C", direction, cancellationToken))
                await host.RunAsync(program, Rule("-D", direction), cancellationToken);
        }
    }

    private async Task<bool> DropsAsync(CancellationToken cancellationToken)
    {
        try
        {
            string rules = await host.RunAsync(program, ["-w", "-S", "FORWARD"], cancellationToken);
            return rules.StartsWith("-P FORWARD DROP", StringComparison.Ordinal);
        }
        catch (HostCommandException)
        {
            return false;
        }
    }

    private async Task<bool> TryAsync(string action, string direction, CancellationToken cancellationToken)
    {
        try
        {
            await host.RunAsync(program, Rule(action, direction), cancellationToken);
            return true;
        }
        catch (HostCommandException)
        {
            return false;
        }
    }

    private string[] Rule(string action, string direction) =>
        ["-w", action, "FORWARD", direction, bridge, "-m", "comment", "--comment", Comment, "-j", "ACCEPT"];
}
