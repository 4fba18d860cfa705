using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Sampan.Proxy.Model;
using Sampan.Proxy.Nftables;

namespace Sampan.Proxy.Sync;

/// <summary>
/// One table of the kernel in each IP family. An empty chain with a random name tells whether the table is still the one
/// that this process wrote.
/// </summary>
internal sealed class KernelTable(INftables nftables, string name, ILogger log)
{
    private string? _marker;

    public string Name => name;

    public static string NewMarker() => $"generation-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";

    /// <summary>Writes the tables anew, which have the marker in them.</summary>
    public async Task ReplaceAsync(string commands, string marker, CancellationToken cancellationToken)
    {
        await nftables.ApplyAsync(commands, cancellationToken);
        _marker = marker;
    }

    public Task ChangeAsync(string commands, CancellationToken cancellationToken) => nftables.ApplyAsync(commands, cancellationToken);

    /// <summary>False when somebody else took the tables away or replaced them.</summary>
    public async Task<bool> IsIntactAsync(IEnumerable<IPFamily> families, CancellationToken cancellationToken)
    {
        foreach (var family in families)
        {
            string chains = await nftables.ListAsync($"list chains {family.Nft()}", cancellationToken);
            if (_marker is not null && chains.Contains(_marker, StringComparison.Ordinal)) continue;
            log.LogWarning("The table {Family} {Table} was changed by somebody else; it is written anew.", family.Nft(), name);
            return false;
        }

        return true;
    }

    /// <summary>Removes the tables.</summary>
    public static async Task CleanupAsync(INftables nftables, string name, CancellationToken cancellationToken)
    {
        foreach (string family in new[] { "ip", "ip6" })
        {
            // Adding first makes the deletion succeed where there is no table.
            await nftables.ApplyAsync($"add table {family} {name}\ndelete table {family} {name}\n", cancellationToken);
        }
    }
}
