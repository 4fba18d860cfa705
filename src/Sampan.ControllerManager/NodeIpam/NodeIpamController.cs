using System.Text.Json.Nodes;
using Sampan.Api.Core.V1;
using Sampan.Client.Metrics;

namespace Sampan.ControllerManager.NodeIpam;

/// <summary>Gives every node its share of the cluster's pod addresses, one of each family. Upstream: pkg/controller/nodeipam.</summary>
internal sealed class NodeIpamController : Controller
{
    private readonly Informer<Node> _nodes;
    private readonly OwnWrites<Node> _writes;
    private readonly IReadOnlyList<CidrPool> _pools;
    private readonly Counter _allocations;
    private readonly Counter _releases;

    public NodeIpamController(ControllerContext context, params IReadOnlyList<CidrPool> pools)
        : base("node-ipam-controller", context, workers: 1)
    {
        _pools = pools;
        foreach (var pool in pools)
        {
            context.Metrics.Gauge("node_ipam_controller_cidrset_usage_cidrs", "Gauge measuring percentage of allocated CIDRs.", "clusterCIDR").With($"{pool}").Observe(() => pool.Usage);
            context.Metrics.Gauge("node_ipam_controller_cirdset_max_cidrs", "Maximum number of CIDRs that can be allocated.", "clusterCIDR").With($"{pool}").Set(pool.Size);
        }

        _allocations = context.Metrics.Counter("node_ipam_controller_cidrset_cidrs_allocations_total", "Counter measuring total number of CIDR allocations.", "clusterCIDR");
        _releases = context.Metrics.Counter("node_ipam_controller_cidrset_cidrs_releases_total", "Counter measuring total number of CIDR releases.", "clusterCIDR");
        _nodes = Watch(context.Informers.For<Node>(), OnNode);
        _writes = Writes(_nodes);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_nodes.Get(key) is not { } node)
        {
            foreach (var pool in _pools)
                if (pool.Release(key.Name)) _releases.With($"{pool}").Increment();
            return ReconcileResult.Done;
        }

        if (!string.IsNullOrEmpty(node.Spec.PodCIDR)) return ReconcileResult.Done;
        var cidrs = _pools.Select(pool => Take(pool, node)).ToList();
        var patch = Patch.StrategicMerge(new JsonObject
        {
            ["spec"] = new JsonObject { ["podCIDR"] = cidrs[0], ["podCIDRs"] = new JsonArray([.. cidrs]) },
        });
        await _writes.PatchAsync(key, patch, cancellationToken);
        foreach (var pool in _pools) _allocations.With($"{pool}").Increment();
        return ReconcileResult.Done;
    }

    private string Take(CidrPool pool, Node node)
    {
        if (pool.Take(node.Metadata.Name) is { } cidr) return cidr;
        Events.Event(node, "Normal", "CIDRNotAvailable", $"Node {node.Metadata.Name} status is now: CIDRNotAvailable");
        throw new InvalidOperationException($"no pod addresses left for node {node.Metadata.Name} in {pool}");
    }

    /// <summary>Ranges in use are marked as they are seen, so that a restart never hands one out twice.</summary>
    private void OnNode(Node? old, Node? current)
    {
        if (current?.Spec.PodCIDR is { Length: > 0 } first)
        {
            foreach (var cidr in current.Spec.PodCIDRs ?? [first])
                foreach (var pool in _pools) pool.Mark(cidr, current.Metadata.Name);
        }
        else Queue.Add(KeyOf((current ?? old)!));
    }
}
