using Sampan.Cluster.Host;
using Sampan.Kubelet.Linux;

namespace Sampan.Cluster;

/// <summary>
/// Where a cluster of this machine keeps its files: what must survive a reboot below <see cref="Data"/>,
/// sockets and process ids below <see cref="Run"/>.
/// </summary>
public sealed record ClusterPaths(string Data, string Run)
{
    public const string DefaultData = "/var/lib/sampan";

    /// <summary>The layout for a data directory. Only the default one uses /run/sampan; any other keeps its run files beside its data.</summary>
    public static ClusterPaths For(string dataDirectory)
    {
        var data = Path.GetFullPath(dataDirectory);
        return new(data, data == DefaultData ? "/run/sampan" : Path.Combine(data, "run"));
    }

    /// <summary>What a command for this cluster needs besides its name, with a space before it; nothing for the default one.</summary>
    public string Option => Data == DefaultData ? "" : $" --data-dir {Data}";

    public string Store => Path.Combine(Data, "store", "sampan.db");
    public string Pki => Path.Combine(Data, "pki");
    public string Kubeconfigs => Data;
    public string AdminKubeconfig => Path.Combine(Data, "admin.conf");
    public string Kubelet => Path.Combine(Data, "kubelet");
    /// <summary>The further nodes of this machine, a folder each.</summary>
    public string Nodes => Path.Combine(Data, "nodes");
    public string Images => Path.Combine(Data, "images");
    public string Registries => Path.Combine(Data, "registries");
    public string Logs => Path.Combine(Data, "log");
    public string ServerLog => Path.Combine(Logs, "server.log");
    public string PodLogs => Path.Combine(Data, "log", "pods");
    /// <summary>Volumes that are made on demand.</summary>
    public string Volumes => Path.Combine(Data, "volumes");
    public string Manifests => Path.Combine(Data, "manifests");
    public string Cni => Path.Combine(Data, "cni", "net.d");
    public string CniState => Path.Combine(Data, "cni", "state");
    public string Containerd => Path.Combine(Data, "containerd");
    public string ContainerdConfig => Path.Combine(Data, "containerd", "config.toml");
    public string ContainerdLog => Path.Combine(Logs, "containerd.log");
    public string ContainerdState => Path.Combine(Run, "containerd");
    public string ContainerdSocket => Path.Combine(Run, "containerd", "containerd.sock");
    public string ContainerdPid => Path.Combine(Run, "containerd.pid");
    public string ServerPid => Path.Combine(Run, "server.pid");

    /// <exception cref="HostException">Sockets below it would have paths that no socket can have.</exception>
    public void CheckLength()
    {
        try
        {
            SocketPaths.Check(ContainerdSocket + ".ttrpc");
        }
        catch (IOException e)
        {
            throw new HostException(e.Message, e);
        }
    }

    /// <summary>All folders that a cluster makes.</summary>
    public IEnumerable<string> OwnFolders =>
        [Path.GetDirectoryName(Store)!, Pki, Kubelet, Images, Logs, Manifests, Path.Combine(Data, "cni"), Containerd, Registries, Volumes, Nodes, Run];

    /// <summary>All files that a cluster makes in <see cref="Data"/> itself.</summary>
    public IEnumerable<string> OwnFiles => Directory.Exists(Data) ? Directory.EnumerateFiles(Data, "*.conf") : [];
}
