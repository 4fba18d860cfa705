using System.Net;
using Sampan.Cluster.ContainerRuntime;
using Sampan.Cluster.Host;
using Sampan.Proxy.Configuration;

namespace Sampan.Cluster.Server;

/// <summary>What one machine's cluster is made of: everything that `sampan server` may be told, with its defaults.</summary>
public sealed record ClusterOptions
{
    public required ClusterPaths Paths { get; init; }

    public string NodeName { get; init; } = Environment.MachineName.ToLowerInvariant();

    /// <summary>The address that the node and the API server are reached at.</summary>
    public required IPAddress NodeAddress { get; init; }

    /// <summary>The node's address of the other IP family; null when it has none.</summary>
    public IPAddress? SecondNodeAddress { get; init; }

    public int SecurePort { get; init; } = 6443;

    public int KubeletPort { get; init; } = 10250;

    /// <summary>The addresses of Services: a range, or one of each IP family between commas, as upstream writes them.</summary>
    public string ServiceCidr { get; init; } = "10.96.0.0/16";

    /// <summary>The addresses of pods, likewise.</summary>
    public string ClusterCidr { get; init; } = "10.244.0.0/16";

    /// <summary>The addresses that Services of type LoadBalancer get; null: such Services wait for somebody else.</summary>
    public string? LoadBalancerCidr { get; init; } = "10.98.0.0/24";

    public string ClusterDomain { get; init; } = "cluster.local";

    /// <summary>How long the certificates live that the cluster signs, those of joined nodes above all.</summary>
    public TimeSpan SigningDuration { get; init; } = TimeSpan.FromDays(365);

    /// <summary>The socket of a runtime that runs already; null: Sampan runs containerd itself.</summary>
    public string? RuntimeEndpoint { get; init; }

    /// <summary>Where somebody else's pod network is installed; null: Sampan makes the pod network itself.</summary>
    public CniFolders? ForeignCni { get; init; }

    public CniFolders Cni => ForeignCni ?? CniFolders.Own(Paths);

    /// <summary>
    /// The limits and timeouts of connection tracking that the node sets on its host; null: the host's stay. A developer's machine
    /// keeps its own; a node in a namespace, or on a machine of its own, may have those of kube-proxy.
    /// </summary>
    public ConntrackConfiguration? Conntrack { get; init; }

    /// <summary>How many simulated nodes run beside the real one.</summary>
    public int SimulatedNodes { get; init; }

    public IReadOnlyList<IPNetwork> ServiceNetworks => AddressRanges.Parse("--service-cidr", ServiceCidr);

    /// <summary>Where pods get their addresses from; none when somebody else's network gives them.</summary>
    public IReadOnlyList<IPNetwork> PodNetworks => ForeignCni is null ? AddressRanges.Parse("--cluster-cidr", ClusterCidr) : [];

    /// <summary>Where clients and nodes reach the API server.</summary>
    public string ServerUrl => $"https://{NodeAddress}:{SecurePort}";

    /// <summary>The address of the Service `kubernetes`: the first of the Services' range.</summary>
    public IPAddress ApiServiceAddress => ServiceAddress(1);

    /// <summary>The address of the cluster DNS.</summary>
    public IPAddress DnsAddress => ServiceAddress(10);

    /// <summary>The cgroup below which this cluster's pods run, so that it can be removed whole.</summary>
    public string CgroupRoot => CgroupRootOf(Paths);

    public static string CgroupRootOf(ClusterPaths paths) =>
        paths.Data == ClusterPaths.DefaultData ? "/sampan" : $"/sampan-{OwnerOf(paths)}{Path.GetFileName(paths.Data)}";

    // A further node of one machine lives below its cluster's data.
    private static string OwnerOf(ClusterPaths paths) => Path.GetDirectoryName(paths.Data) is { } folder && Path.GetFileName(folder) == "nodes"
        ? Path.GetFileName(Path.GetDirectoryName(folder)) + "-"
        : "";

    private IPAddress ServiceAddress(byte offset)
    {
        var bytes = ServiceNetworks[0].BaseAddress.GetAddressBytes();
        bytes[^1] += offset;
        return new IPAddress(bytes);
    }
}
