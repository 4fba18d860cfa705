namespace Sampan.Proxy.Configuration;

/// <summary>Limits of the kernel's table of connections, with upstream's defaults. Zero means: as the host has it.</summary>
public sealed record ConntrackConfiguration
{
    private const string AsTheHostHasIt = "0s", Day = "24h0m0s", Hour = "1h0m0s";
    private const int DefaultMaxPerCore = 32 * 1024, DefaultMin = 128 * 1024;

    /// <summary>Connections for each processor core.</summary>
    public int? MaxPerCore { get; set => field = value ?? DefaultMaxPerCore; } = DefaultMaxPerCore;

    /// <summary>Connections in all at least, whatever <see cref="MaxPerCore"/> makes.</summary>
    public int? Min { get; set => field = value ?? DefaultMin; } = DefaultMin;

    public string? TcpEstablishedTimeout { get; set => field = value ?? Day; } = Day;

    public string? TcpCloseWaitTimeout { get; set => field = value ?? Hour; } = Hour;

    /// <summary>Lets packets pass that are out of the window.</summary>
    public bool? TcpBeLiberal { get; set => field = value ?? false; } = false;

    public string? UdpTimeout { get; set => field = value ?? AsTheHostHasIt; } = AsTheHostHasIt;

    public string? UdpStreamTimeout { get; set => field = value ?? AsTheHostHasIt; } = AsTheHostHasIt;
}
