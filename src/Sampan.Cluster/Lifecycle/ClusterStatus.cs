using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Cluster.Host;

namespace Sampan.Cluster.Lifecycle;

/// <summary>What `sampan status` tells.</summary>
/// <param name="State">Running, Stopped, or Failing when the process lives but does not answer.</param>
/// <param name="Reason">Why it is failing; null otherwise.</param>
public sealed record ClusterStatus(string State, string? Reason, ServerStatus? Server, IReadOnlyList<NodeLine> Nodes, int RunningPods, int Pods)
{
    private static readonly TimeSpan CpuWindow = TimeSpan.FromSeconds(1);

    /// <summary>Whether this machine is a node only: what the cluster is like, its server knows.</summary>
    public bool IsAgent { get; init; }

    public static async Task<ClusterStatus> ReadAsync(ClusterPaths paths, TimeProvider time, CancellationToken ct)
    {
        if (new ServerProcess(paths, time).Find() is not { } pid) return new("Stopped", null, null, [], 0, 0);
        var share = ProcessUsage.CpuShareAsync(pid, CpuWindow, time, ct);
        var usage = ProcessUsage.Of(pid);
        var server = usage is null ? null : new ServerStatus(pid, usage.Uptime, usage.ResidentBytes, await share ?? 0, "");
        if (ServerProcess.IsAgent(pid)) return new("Running", null, server, [], 0, 0) { IsAgent = true };
        try
        {
            var config = Kubeconfig.Load(paths.AdminKubeconfig).ToClientConfig() with { Timeout = TimeSpan.FromSeconds(3) };
            await using var client = new ApiClient(config, time);
            var nodes = await client.Of<Node>().ListAsync(null, ct);
            var pods = await client.Of<Pod>().ListAsync(null, ct);
            return new("Running", null, server! with { Url = config.Server }, [.. nodes.Items.Select(NodeLine.Of)],
                pods.Items.Count(pod => pod.Status?.Phase == "Running"), pods.Items.Count);
        }
        catch (Exception e) when (e is ApiConnectionException or StatusException or KubeconfigException)
        {
            return new("Failing", $"{e.Message}; its log is {paths.ServerLog}", server, [], 0, 0);
        }
    }
}

/// <summary>The server's process.</summary>
/// <param name="ResidentBytes">Memory in RAM.</param>
/// <param name="CpuShare">Of one core, over the last second: 0.01 is one per cent.</param>
public sealed record ServerStatus(int Pid, TimeSpan Uptime, long ResidentBytes, double CpuShare, string Url);
