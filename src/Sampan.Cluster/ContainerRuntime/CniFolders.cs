using Sampan.Cluster.Host;

namespace Sampan.Cluster.ContainerRuntime;

/// <summary>Where the container runtime finds the pod network.</summary>
/// <param name="Configurations">The folder of its configuration; a node is not Ready before there is one.</param>
/// <param name="Plugins">The folder of the programs that the configuration names.</param>
public sealed record CniFolders(string Configurations, string Plugins)
{
    private const string Loopback = "loopback";
    private const string OfDistribution = "/usr/lib/cni";

    /// <summary>Where every pod network that installs itself expects them.</summary>
    public static CniFolders Foreign { get; } = new("/etc/cni/net.d", "/opt/cni/bin");

    /// <summary>Those of Sampan's own pod network, with the plugins as the distribution, or somebody by hand, installed them.</summary>
    public static CniFolders Own(ClusterPaths paths) =>
        new(paths.Cni, File.Exists(Path.Combine(OfDistribution, "bridge")) ? OfDistribution : Foreign.Plugins);

    /// <exception cref="HostException">The container runtime could not even give a pod its loopback interface.</exception>
    public void Check()
    {
        if (!File.Exists(Path.Combine(Plugins, Loopback)))
        {
            throw new HostException(
                $"the standard CNI plugins are not in {Plugins}, where --cni=none takes them from: install them there (the distribution's are in {OfDistribution}), "
                + "or name their folder with --cni-bin-dir");
        }
    }
}
