namespace Sampan.Proxy.Configuration;

/// <summary>Limits of the kernel's table of connections. What is not given, or zero, stays as the host has it.</summary>
public sealed record ConntrackConfiguration
{
    /// <summary>Connections for each processor core.</summary>
    public int? MaxPerCore { get; set; }

    /// <summary>Connections in all at least, whatever <see cref="MaxPerCore"/> makes.</summary>
    public int? Min { get; set; }

    public string? TcpEstablishedTimeout { get; set; }

    public string? TcpCloseWaitTimeout { get; set; }

    /// <summary>Lets packets pass that are out of the window.</summary>
    public bool? TcpBeLiberal { get; set; }

    public string? UdpTimeout { get; set; }

    public string? UdpStreamTimeout { get; set; }
}
