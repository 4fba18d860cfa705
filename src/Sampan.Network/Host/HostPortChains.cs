namespace Sampan.Network.Host;

/// <summary>The chains that the CNI plugin portmap leaves in the host's nat table when the last pod is gone.</summary>
internal sealed class HostPortChains(IHost host)
{
    private static readonly string[] Programs = ["iptables", "ip6tables"];

    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        foreach (string program in Programs)
        {
            foreach (string line in (await TryAsync(program, ["-S"], cancellationToken) ?? "").Split('\n'))
            {
                // "-A PREROUTING … -j CNI-HOSTPORT-DNAT" becomes "-D PREROUTING …".
                if (line.StartsWith("-A ", StringComparison.Ordinal) && Mentions(line))
                    await TryAsync(program, ["-D", .. Words(line[3..])], cancellationToken);
            }

            foreach (string line in (await TryAsync(program, ["-S"], cancellationToken) ?? "").Split('\n'))
            {
                if (line.StartsWith("-N ", StringComparison.Ordinal) && Mentions(line))
                    await TryAsync(program, ["-X", line[3..].Trim()], cancellationToken);
            }
        }
    }

    private static bool Mentions(string line) =>
        line.Contains("CNI-HOSTPORT-", StringComparison.Ordinal) || line.Contains("CNI-DN-", StringComparison.Ordinal);

    private static IEnumerable<string> Words(string rule) =>
        rule.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private async Task<string?> TryAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await host.RunAsync(program, ["-w", "-t", "nat", .. arguments], cancellationToken);
        }
        catch (HostCommandException)
        {
            return null;
        }
    }
}
