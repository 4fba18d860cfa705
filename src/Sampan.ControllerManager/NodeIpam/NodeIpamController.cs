using System.Text.Json.Nodes;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.NodeIpam;

/// <summary>Gives every node its share of the cluster's pod addresses, one of each family. Upstream: pkg/controller/nodeipam.</summary>
internal sealed class NodeIpamController : Controller
{
    private readonly Informer<Node> _nodes;
    private readonly OwnWrites<Node> _writes;
    private readonly IReadOnlyList<CidrPool> _pools;

    public NodeIpamController(ControllerContext context, params IReadOnlyList<CidrPool> pools)
        : base("node-ipam-controller", context, workers: 1)
    {
        _pools = pools;
        _nodes = Watch(context.Informers.For<Node>(), OnNode);
        _writes = Writes(_nodes);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_nodes.Get(key) is not { } node)
        {
            foreach (var pool in _pools) pool.Release(key.Name);
            return ReconcileResult.Done;
        }

        if (!string.IsNullOrEmpty(node.Spec.PodCIDR)) return ReconcileResult.Done;
        var cidrs = _pools.Select(pool => Take(pool, node)).ToList();
        var patch = Patch.StrategicMerge(new JsonObject
        {
            ["spec"] = new JsonObject { ["podCIDR"] = cidrs[0], ["podCIDRs"] = new JsonArray([.. cidrs]) },
        });
        await _writes.PatchAsync(key, patch, cancellationToken);
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
