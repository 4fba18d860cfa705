namespace Sampan.Proxy.Nftables;

/// <summary>The kernel's packet rules. A batch of commands takes effect as a whole or not at all.</summary>
internal interface INftables : IDisposable
{
    /// <summary>Runs commands in the language of <c>nft -f</c>.</summary>
    /// <exception cref="NftablesException">The kernel or the library refused them; nothing has changed.</exception>
    Task ApplyAsync(string commands, CancellationToken cancellationToken);

    /// <summary>Runs one command that shows something and returns its text.</summary>
    /// <exception cref="NftablesException">What was asked for does not exist, or may not be seen.</exception>
    Task<string> ListAsync(string command, CancellationToken cancellationToken);
}
