using System.Text.Json.Nodes;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.NodeIpam;

/// <summary>Gives every node its share of the cluster's pod addresses. Upstream: pkg/controller/nodeipam.</summary>
internal sealed class NodeIpamController : Controller
{
    private readonly Informer<Node> _nodes;
    private readonly OwnWrites<Node> _writes;
    private readonly CidrPool _pool;

    public NodeIpamController(ControllerContext context, CidrPool pool)
        : base("node-ipam-controller", context, workers: 1)
    {
        _pool = pool;
        _nodes = Watch(context.Informers.For<Node>(), OnNode);
        _writes = Writes(_nodes);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_nodes.Get(key) is not { } node)
        {
            _pool.Release(key.Name);
            return ReconcileResult.Done;
        }

        if (!string.IsNullOrEmpty(node.Spec.PodCIDR)) return ReconcileResult.Done;
        if (_pool.Take(key.Name) is not { } cidr)
        {
            Events.Event(node, "Normal", "CIDRNotAvailable", $"Node {key.Name} status is now: CIDRNotAvailable");
            throw new InvalidOperationException($"no pod addresses left for node {key.Name} in {_pool}");
        }

        var patch = Patch.StrategicMerge(new JsonObject
        {
            ["spec"] = new JsonObject { ["podCIDR"] = cidr, ["podCIDRs"] = new JsonArray(cidr) },
        });
        await _writes.PatchAsync(key, patch, cancellationToken);
        return ReconcileResult.Done;
    }

    /// <summary>Ranges in use are marked as they are seen, so that a restart never hands one out twice.</summary>
    private void OnNode(Node? old, Node? current)
    {
        if (current?.Spec.PodCIDR is { Length: > 0 } cidr) _pool.Mark(cidr, current.Metadata.Name);
        else Queue.Add(KeyOf((current ?? old)!));
    }
}
