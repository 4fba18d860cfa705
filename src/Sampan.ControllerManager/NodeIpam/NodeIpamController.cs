using System.Text.Json.Nodes;
using Sampan.Api.Core.V1;
using Sampan.Client.Metrics;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.NodeIpam;

/// <summary>Gives every node its share of the cluster's pod addresses, one of each family. Upstream: pkg/controller/nodeipam.</summary>
internal sealed class NodeIpamController : Controller
{
    private readonly Informer<Node> _nodes;
    private readonly OwnWrites<Node> _writes;
    private readonly IReadOnlyList<CidrPool> _pools;
    private readonly Counter _allocations;
    private readonly Counter _releases;
    private readonly Histogram _tries;

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
        _tries = context.Metrics.Histogram("node_ipam_controller_cidrset_allocation_tries_per_request", "Histogram measuring CIDR allocation tries per request.", Buckets.From(1, 5, 5), "clusterCIDR");
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
        await WriteAsync(node, patch, cancellationToken);
        foreach (var pool in _pools) _allocations.With($"{pool}").Increment();
        return ReconcileResult.Done;
    }

    /// <summary>What the node was given is kept for it: the write may have got through all the same.</summary>
    private async Task WriteAsync(Node node, Patch patch, CancellationToken cancellationToken)
    {
        try
        {
            await _writes.PatchAsync(KeyOf(node), patch, cancellationToken);
        }
        catch (StatusException)
        {
            Say(node, "CIDRAssignmentFailed");
            throw;
        }
    }

    private void Say(Node node, string status) => Events.Event(node, "Normal", status, $"Node {node.Metadata.Name} status is now: {status}");

    private string Take(CidrPool pool, Node node)
    {
        var (taken, tries) = pool.Take(node.Metadata.Name);
        if (taken is { } cidr)
        {
            _tries.With($"{pool}").Observe(tries);
            return cidr;
        }

        Say(node, "CIDRNotAvailable");
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
