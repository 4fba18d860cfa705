using System.Net;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Cloud;

/// <summary>
/// Keeps a route in the provider's network to the pods of every node, and says on nodes whether theirs is there.
/// Upstream: k8s.io/cloud-provider/controllers/route.
/// </summary>
internal sealed class RouteController : Controller
{
    private static readonly ObjectKey Everything = new("", "");
    private readonly IRoutes _routes;
    private readonly IPNetwork _pods;
    private readonly TimeSpan _period;
    private readonly Informer<Node> _nodes;
    private readonly OwnWrites<Node> _writes;

    public RouteController(ControllerContext context, IRoutes routes, string clusterCidr, TimeSpan period)
        : base("node-route-controller", context, workers: 1)
    {
        (_routes, _pods, _period) = (routes, IPNetwork.Parse(clusterCidr), period);
        _nodes = Watch<Node>(_ => [Everything]);
        _writes = Writes(_nodes);
    }

    protected override Task PrepareAsync(CancellationToken cancellationToken)
    {
        Queue.Add(Everything);
        return Task.CompletedTask;
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var known = (await _routes.ListAsync(cancellationToken)).ToHashSet();
        var nodes = _nodes.List().ToList();
        var wanted = nodes.SelectMany(n => n.Spec.PodCIDRs.OrEmpty().Select(cidr => new CloudRoute(n.Metadata.Name, cidr))).ToHashSet();
        // A range that was handed on must leave its old node first. What lies outside of the pod network is somebody else's.
        foreach (var stale in known.Where(r => !wanted.Contains(r) && IsOurs(r))) await _routes.DeleteAsync(stale, cancellationToken);
        foreach (var node in nodes) await ServeAsync(node, wanted.Where(r => r.Node == node.Metadata.Name && !known.Contains(r)), cancellationToken);
        return ReconcileResult.RequeueAfter(_period);
    }

    private async Task ServeAsync(Node node, IEnumerable<CloudRoute> missing, CancellationToken cancellationToken)
    {
        var failure = node.Spec.PodCIDRs is { Count: > 0 } ? null : "the node has no range of pod addresses yet";
        foreach (var route in missing)
        {
            try
            {
                await _routes.CreateAsync(route, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failure = e.Message;
                Events.Event(node, "Warning", "FailedToCreateRoute", $"Could not create route {route.Cidr} for node {route.Node}: {e.Message}");
            }
        }

        await WriteConditionAsync(node, failure is null, cancellationToken);
    }

    private async Task WriteConditionAsync(Node node, bool isThere, CancellationToken cancellationToken)
    {
        const string type = "NetworkUnavailable";
        var status = isThere ? "False" : "True";
        if (node.Status.Conditions?.Find(c => c.Type == type)?.Status == status) return;
        var copy = node.DeepClone();
        var conditions = copy.Status.Conditions ??= [];
        conditions.RemoveAll(c => c.Type == type);
        var now = new Time(Time.GetUtcNow());
        conditions.Add(new NodeCondition
        {
            Type = type,
            Status = status,
            Reason = isThere ? "RouteCreated" : "NoRouteCreated",
            Message = isThere ? "RouteController created a route" : "RouteController failed to create a route",
            LastHeartbeatTime = now,
            LastTransitionTime = now,
        });
        await _writes.UpdateStatusAsync(copy, cancellationToken);
    }

    private bool IsOurs(CloudRoute route) => IPNetwork.TryParse(route.Cidr, out var network) && _pods.Contains(network.BaseAddress);
}
