using System.Net;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Cloud;

/// <summary>
/// Keeps a route in the provider's network to the pods of every node, and says on nodes whether theirs is there.
/// Upstream: k8s.io/cloud-provider/controllers/route.
/// </summary>
internal sealed class RouteController : Controller
{
    private const int AtOnce = 200;
    private static readonly ObjectKey Everything = new("", "");
    private readonly IRoutes _routes;
    private readonly List<IPNetwork> _pods;
    private readonly TimeSpan _period;
    private readonly Informer<Node> _nodes;
    private readonly OwnWrites<Node> _writes;
    private readonly CloudMetrics _metrics;

    /// <param name="context">What it runs in.</param>
    /// <param name="routes">The provider's.</param>
    /// <param name="clusterCidr">The pods' network, or both of them with a comma between.</param>
    /// <param name="period">How often the provider's routes are compared.</param>
    public RouteController(ControllerContext context, IRoutes routes, string clusterCidr, TimeSpan period)
        : base("node-route-controller", context, workers: 1)
    {
        (_routes, _pods, _period) = (routes, [.. clusterCidr.Split(',').Select(cidr => IPNetwork.Parse(cidr))], period);
        _nodes = Watch(context.Informers.For<Node>(), OnNode);
        _writes = Writes(_nodes);
        _metrics = new CloudMetrics(context.Metrics);
    }

    protected override Task PrepareAsync(CancellationToken cancellationToken)
    {
        Queue.Add(Everything);
        return Task.CompletedTask;
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        _metrics.RoutesCompared();
        var nodes = _nodes.List().ToDictionary(n => n.Metadata.Name);
        var known = await _routes.ListAsync(cancellationToken);
        var good = known.Where(r => !r.IsBlackhole && nodes.GetValueOrDefault(r.Node) is { } node && LeadsTo(r, node)).ToHashSet();
        // A range that was handed on must leave its old node first. What lies outside of the pod network is somebody else's.
        foreach (var stale in known.Where(r => !good.Contains(r) && IsOurs(r))) await TryDeleteAsync(stale, cancellationToken);
        var there = good.Select(r => (r.Node, r.Cidr)).ToHashSet();
        using var turns = new SemaphoreSlim(AtOnce);
        await Task.WhenAll(nodes.Values.Select(node => ServeAsync(node, there, turns, cancellationToken)));
        return ReconcileResult.RequeueAfter(_period);
    }

    private async Task TryDeleteAsync(CloudRoute route, CancellationToken cancellationToken)
    {
        try
        {
            await _routes.DeleteAsync(route, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LogWarning("The route to {Cidr} by {Node} is not deleted: {Reason}", route.Cidr, route.Node, e.Message);
        }
    }

    private async Task ServeAsync(Node node, HashSet<(string, string)> there, SemaphoreSlim turns, CancellationToken cancellationToken)
    {
        var isServed = node.Spec.PodCIDRs is { Count: > 0 };
        foreach (var cidr in node.Spec.PodCIDRs.OrEmpty().Where(c => !there.Contains((node.Metadata.Name, c))))
        {
            await turns.WaitAsync(cancellationToken);
            try
            {
                await _routes.CreateAsync(new CloudRoute(node.Metadata.Name, cidr), node, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                isServed = false;
                Events.Event(node, "Warning", "FailedToCreateRoute", $"Could not create route {cidr} for node {node.Metadata.Name}: {e.Message}");
            }
            finally
            {
                turns.Release();
            }
        }

        await WriteConditionAsync(node, isServed, cancellationToken);
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

    /// <summary>The provider is not asked for each sign of life of each node.</summary>
    private void OnNode(Node? old, Node? current)
    {
        if (old is null || current is null || !old.Spec.PodCIDRs.OrEmpty().SequenceEqual(current.Spec.PodCIDRs.OrEmpty())) Queue.Add(Everything);
    }

    private static bool LeadsTo(CloudRoute route, Node node) =>
        node.Spec.PodCIDRs?.Contains(route.Cidr) == true
        && (string.IsNullOrEmpty(route.Gateway) || node.Status.Addresses.OrEmpty().Any(a => a.Address == route.Gateway));

    private bool IsOurs(CloudRoute route) => IPNetwork.TryParse(route.Cidr, out var network) && _pods.Exists(p => p.Contains(network.BaseAddress) || network.Contains(p.BaseAddress));
}
