using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Client.Informers;
using Sampan.Network.Host;

namespace Sampan.Network;

/// <summary>What the network of pods on this node needs to know.</summary>
public sealed record PodNetworkOptions
{
    /// <summary>
    /// The addresses of this node's pods, such as 10.244.0.0/24, or 10.244.0.0/24,fd00::/64 for both IP families; the first of
    /// each is the bridge's. Null to take what the Node object
    /// says, for which <see cref="NodeName"/> and <see cref="Informers"/> are needed.
    /// </summary>
    public string? PodCidr { get; init; }

    public string? NodeName { get; init; }

    /// <summary>Shared informers; whoever made the factory runs it.</summary>
    public InformerFactory? Informers { get; init; }

    /// <summary>The addresses of all pods, a range for each IP family between commas; traffic to them is never masqueraded.</summary>
    public string ClusterCidr { get; init; } = "10.244.0.0/16";

    /// <summary>The addresses of Services, likewise: the host gets a route to them, so that it reaches Services without a default route.</summary>
    public string ServiceCidr { get; init; } = "10.96.0.0/16";

    /// <summary>The addresses of load balancers, which the host reaches in the same way; null for none.</summary>
    public string? LoadBalancerCidr { get; init; }

    public string Bridge { get; init; } = "sampan0";

    /// <summary>The pods' MTU; null leaves it to the kernel.</summary>
    public int? Mtu { get; init; }

    public string ConfigDirectory { get; init; } = "/etc/cni/net.d";

    /// <summary>The directories with CNI plugins; the first that exists counts.</summary>
    public IReadOnlyList<string> PluginDirectories { get; init; } = ["/opt/cni/bin", "/usr/lib/cni"];

    public string StateDirectory { get; init; } = "/var/lib/sampan/network";

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    internal IHost Host { get; init; } = new LinuxHost();
}
