using System.Security.Cryptography.X509Certificates;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Cluster.Certificates;
using Sampan.Cluster.Host;
using Sampan.Cluster.Join;
using Sampan.Network;

namespace Sampan.Cluster.Lifecycle;

/// <summary>Adds, starts, stops and deletes the further nodes of a one-machine cluster. Each step looks first and may be repeated.</summary>
public sealed class NodeHosts(ClusterPaths cluster, TimeProvider time)
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(1);
    private readonly NodeLink _link = new();

    /// <exception cref="HostException">There is no such node; the message lists those that exist.</exception>
    public NodeHost Find(string name) => NodeHost.List(cluster).FirstOrDefault(n => n.Name == name)
        ?? throw new HostException(
            $"there is no node {name} to do this with; there are: {string.Join(", ", NodeHost.List(cluster).Select(n => n.Name).DefaultIfEmpty("none"))} (the server's own node comes and goes with sampan up and sampan down)");

    /// <summary>Makes a node and starts it; without a name it gets the server's name and a number.</summary>
    public async Task<NodeHost> AddAsync(string? name, CancellationToken ct)
    {
        var known = NodeHost.List(cluster);
        int number = Enumerable.Range(2, 250).First(n => known.All(k => k.Number != n));
        var node = new NodeHost(name ?? $"{Environment.MachineName.ToLowerInvariant()}-{number}", number, cluster);
        if (known.Any(k => k.Name == node.Name)) throw new HostException($"there is a node {node.Name} already; start it with: sampan node start {node.Name}");
        node.Save();
        await StartAsync(node, ct);
        return node;
    }

    /// <summary>Starts a node unless it runs.</summary>
    public async Task StartAsync(NodeHost node, CancellationToken ct)
    {
        if (IsRunning(node)) return;
        var config = Connection();
        await _link.EnsureAsync(ct);
        await _link.AttachAsync(node.Namespace, node.Address, new Uri(config.Server).Host, ct);
        await using var client = new ApiClient(config);
        using var authority = X509Certificate2.CreateFromPem(config.CertificateAuthorityData!);
        var token = await JoinObjects.CreateTokenAsync(client, authority, time.GetUtcNow() + TokenLife, ct);
        var program = Environment.ProcessPath ?? throw new HostException("the path of the sampan program is unknown");
        PemFile.Write(node.TokenFile, token.ToString());
        HostCommand.StartDetached(
            "nsenter",
            node.Enter(
                program, "agent", "--server", config.Server, "--token-file", node.TokenFile, "--data-dir", node.Paths.Data,
                "--node-name", node.Name, "--node-ip", node.Address),
            node.Paths.ServerLog);
    }

    /// <summary>Stops a node as if its machine were switched off; its data stay.</summary>
    public async Task StopAsync(NodeHost node, CancellationToken ct)
    {
        if (!File.Exists($"/run/netns/{node.Namespace}")) return;
        await HostCommand.RunAsync("nsenter", node.Enter(Environment.ProcessPath!, "down", "--data-dir", node.Paths.Data), StopLimit, ct);
    }

    /// <summary>Stops a node and removes it from the cluster and from this machine.</summary>
    public async Task DeleteAsync(NodeHost node, CancellationToken ct)
    {
        await StopAsync(node, ct);
        if (File.Exists(cluster.AdminKubeconfig) && new ServerProcess(cluster, time).Find() is not null)
        {
            await using var client = new ApiClient(Connection());
            if (await client.Of<Node>().FindAsync(null, node.Name, ct) is not null) await client.Of<Node>().DeleteAsync(null, node.Name, ct);
        }

        await _link.DetachAsync(node.Namespace, ct);
        Directory.Delete(node.Paths.Data, recursive: true);
    }

    /// <summary>Stops all nodes, and takes away their namespaces and link.</summary>
    public async Task<int> StopAllAsync(CancellationToken ct)
    {
        var nodes = NodeHost.List(cluster);
        foreach (var node in nodes)
        {
            await StopAsync(node, ct);
            await _link.DetachAsync(node.Namespace, ct);
        }

        await _link.RemoveAsync(ct);
        return nodes.Count;
    }

    public bool IsRunning(NodeHost node) => new ServerProcess(node.Paths, time).Find() is not null;

    private ClientConfig Connection() => File.Exists(cluster.AdminKubeconfig)
        ? Kubeconfig.Load(cluster.AdminKubeconfig).ToClientConfig()
        : throw new HostException($"no cluster of {cluster.Data} runs: start it with: sampan up");
}
