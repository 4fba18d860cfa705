namespace Sampan.Network.Host;

/// <summary>What the network asks of the machine besides nftables.</summary>
internal interface IHost
{
    /// <summary>Runs a program of the host and returns what it printed.</summary>
    /// <exception cref="HostCommandException">The program is missing or failed; the message carries its own words.</exception>
    Task<string> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken);

    /// <summary>A kernel setting by its path, such as <c>net/ipv4/ip_forward</c>; null when the kernel does not have it.</summary>
    Task<string?> ReadSettingAsync(string path, CancellationToken cancellationToken);

    Task WriteSettingAsync(string path, string value, CancellationToken cancellationToken);
}
