using System.Security.Cryptography.X509Certificates;
using Sampan.Api.Coordination.V1;
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
    /// <summary>How many nodes, the server's included, have an address on the link.</summary>
    public const int Most = 250;

    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(1), RequestLimit = TimeSpan.FromSeconds(30);
    private readonly NodeLink _link = new();
    private readonly Dictionary<string, (int Process, DateTimeOffset Time)> _started = [];

    /// <exception cref="HostException">There is no such node; the message lists those that exist.</exception>
    public NodeHost Find(string name) => NodeHost.List(cluster).FirstOrDefault(n => n.Name == name)
        ?? throw new HostException(
            $"there is no node {name} to do this with; there are: {string.Join(", ", NodeHost.List(cluster).Select(n => n.Name).DefaultIfEmpty("none"))} (the server's own node comes and goes with sampan up and sampan down)");

    /// <summary>Makes a node and starts it; without a name it gets the server's name and a number.</summary>
    public async Task<NodeHost> AddAsync(string? name, CancellationToken ct)
    {
        var known = NodeHost.List(cluster);
        int number = Enumerable.Range(2, Most - 1).FirstOrDefault(n => known.All(k => k.Number != n));
        if (number == 0) throw new HostException($"a cluster on one machine has {Most} nodes at most");
        var node = new NodeHost(name ?? $"{Environment.MachineName.ToLowerInvariant()}-{number}", number, cluster);
        NodeNames.Check(node.Name);
        if (known.Any(k => k.Name == node.Name)) throw new HostException($"there is a node {node.Name} already; start it with: sampan node start {node.Name}{cluster.Option}");
        _ = Connection();
        if ((await KnownAsync(ct)).Any(line => line.Name == node.Name))
            throw new HostException($"the cluster has a node {node.Name} already: give this one another name, or remove that with: kubectl delete node {node.Name}");
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
        var start = time.GetUtcNow();
        _started[node.Name] = (HostCommand.StartDetached(
            "nsenter",
            node.Enter(
                program, "agent", "--server", config.Server, "--token-file", node.TokenFile, "--data-dir", node.Paths.Data,
                "--node-name", node.Name, "--node-ip", node.Address, "--conntrack", "kube-proxy"),
            node.Paths.ServerLog), start);
    }

    /// <summary>Waits until a node is Ready; where somebody else makes the pod network, until it has joined.</summary>
    /// <exception cref="HostException">It is not in time, or its agent has ended; the message has the end of its log.</exception>
    public async Task ReadyAsync(NodeHost node, TimeSpan limit, CancellationToken ct)
    {
        await using var client = new ApiClient(Connection() with { Timeout = RequestLimit });
        bool joinsOnly = await ClusterFacts.HasForeignCniAsync(client, ct);
        await Poll.UntilAsync($"{node.Name} is not Ready (its log is {node.Paths.ServerLog})", async stop =>
        {
            var found = await client.Of<Node>().FindAsync(null, node.Name, stop);
            if (found is null) return "it has not joined";
            if (!await HasSpokenAsync(client, node, stop)) return "its kubelet has not spoken since the start";
            return joinsOnly ? null : NodeLine.Problem(found);
        }, () => HasEnded(node), limit, time, ct);
    }

    /// <summary>All nodes: those of the cluster as it sees them, and those of this machine that it does not.</summary>
    public async Task<IReadOnlyList<NodeLine>> ListAsync(CancellationToken ct)
    {
        var hosts = NodeHost.List(cluster);
        var known = await KnownAsync(ct);
        var states = known.ToDictionary(line => line.Name, line => line.State);
        return [.. known.Where(line => hosts.All(host => host.Name != line.Name)), .. hosts.Select(host => new NodeLine(
            host.Name, IsRunning(host) ? states.GetValueOrDefault(host.Name, "Joining") : "Stopped", host.Address)
        {
            Host = "namespace", Log = host.Paths.ServerLog,
        })];
    }

    /// <summary>Stops a node as if its machine were switched off; its data stay.</summary>
    /// <returns>Whether it ran.</returns>
    public async Task<bool> StopAsync(NodeHost node, CancellationToken ct)
    {
        bool ran = IsRunning(node);
        if (!File.Exists($"/run/netns/{node.Namespace}")) return ran;
        await HostCommand.RunAsync("nsenter", node.Enter(Environment.ProcessPath!, "down", "--data-dir", node.Paths.Data), StopLimit, ct);
        return ran;
    }

    /// <summary>Stops a node and removes it from the cluster and from this machine.</summary>
    public async Task DeleteAsync(NodeHost node, CancellationToken ct)
    {
        await StopAsync(node, ct);
        if (IsServed)
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

    /// <summary>Whether a node's lease is younger than its start here: what the cluster says of it may be from before.</summary>
    private async Task<bool> HasSpokenAsync(ApiClient client, NodeHost node, CancellationToken ct)
    {
        if (!_started.TryGetValue(node.Name, out var start)) return true;
        var lease = await client.Of<Lease>().FindAsync("kube-node-lease", node.Name, ct);
        return lease?.Spec?.RenewTime is { } renewed && renewed.Value >= start.Time;
    }

    private string? HasEnded(NodeHost node)
    {
        bool ended = _started.TryGetValue(node.Name, out var start) ? !ProcessFile.IsAlive(start.Process) : !IsRunning(node);
        return ended ? $"its agent has ended:\n{new ServerProcess(node.Paths, time).LogTail(12)}" : null;
    }

    /// <summary>The nodes that the cluster knows; none while its server does not run.</summary>
    private async Task<IReadOnlyList<NodeLine>> KnownAsync(CancellationToken ct)
    {
        if (!IsServed) return [];
        var config = Connection() with { Timeout = RequestLimit };
        await using var client = new ApiClient(config, time);
        var nodes = await client.Of<Node>().ListAsync(null, ct);
        return [.. nodes.Items.Select(NodeLine.Of).Select(line => line.Address == new Uri(config.Server).Host
            ? line with { Host = "server", Log = cluster.ServerLog }
            : line with { Host = "machine" })];
    }

    private bool IsServed => File.Exists(cluster.AdminKubeconfig) && new ServerProcess(cluster, time).Find() is not null;

    private ClientConfig Connection() => IsServed
        ? Kubeconfig.Load(cluster.AdminKubeconfig).ToClientConfig()
        : throw new HostException($"no cluster of {cluster.Data} runs: start it with: sampan up{cluster.Option}");
}
