using System.Globalization;

namespace Sampan.Cluster.Lifecycle;

/// <summary>A further node of a one-machine cluster: a host of its own in a network namespace, with its own data and containerd.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Number">Its place on the link: 2 is 10.251.0.2.</param>
/// <param name="Cluster">The paths of the cluster's server.</param>
public sealed record NodeHost(string Name, int Number, ClusterPaths Cluster)
{
    public ClusterPaths Paths => ClusterPaths.For(Path.Combine(Cluster.Nodes, Name));

    public string Address => $"{Network.NodeLink.Subnet}{Number}";

    /// <summary>The name of the network namespace.</summary>
    public string Namespace => $"sampan-{Path.GetFileName(Cluster.Data)}-{Name}";

    /// <summary>What the node joins with; only root may read it.</summary>
    public string TokenFile => Path.Combine(Paths.Data, "token");

    private string RecordFile => Path.Combine(Paths.Data, "node.json");

    /// <summary>The arguments of nsenter that run a program on the node. (`ip netns exec` would hide the cgroups.)</summary>
    public IReadOnlyList<string> Enter(params IEnumerable<string> command) => [$"--net=/run/netns/{Namespace}", .. command];

    /// <summary>All nodes that were added to a cluster, in the order of their numbers.</summary>
    public static IReadOnlyList<NodeHost> List(ClusterPaths cluster)
    {
        if (!Directory.Exists(cluster.Nodes)) return [];
        return [.. Directory.EnumerateDirectories(cluster.Nodes)
            .Where(d => File.Exists(Path.Combine(d, "node.json")))
            .Select(d => new NodeHost(Path.GetFileName(d), int.Parse(File.ReadAllText(Path.Combine(d, "node.json")), CultureInfo.InvariantCulture), cluster))
            .OrderBy(n => n.Number)];
    }

    public void Save()
    {
        Directory.CreateDirectory(Paths.Data);
        File.WriteAllText(RecordFile, Number.ToString(CultureInfo.InvariantCulture));
    }
}
