using System.Text.Json.Nodes;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.NodeLifecycle;

/// <summary>
/// Notices nodes that fall silent, says so in their conditions and taints, and marks their pods as not ready.
/// Upstream: pkg/controller/nodelifecycle.
/// </summary>
internal sealed class NodeLifecycleController : Controller
{
    private const string LeaseNamespace = "kube-node-lease";
    private readonly Informer<Node> _nodes;
    private readonly Informer<Lease> _leases;
    private readonly Informer<Pod> _pods;
    private readonly OwnWrites<Node> _nodeWrites;
    private readonly OwnWrites<Pod> _podWrites;
    private readonly NodeLifecycleOptions _options;
    private readonly NodeHealth _health;
    private readonly ZoneLimiter _zones;
    private readonly ZoneMetrics _metrics;

    public NodeLifecycleController(ControllerContext context, NodeLifecycleOptions options)
        : base("node-lifecycle-controller", context, workers: 8)
    {
        _options = options;
        _health = new NodeHealth(context.Time);
        _metrics = new ZoneMetrics(context.Metrics);
        _zones = new ZoneLimiter(options, context.Time, _metrics);
        _nodes = Watch(context.Informers.For<Node>(), OnNode);
        _leases = Use(context.Informers.For<Lease>(LeaseNamespace));
        _pods = Use<Pod>();
        PodsByNode.AddTo(_pods);
        _nodeWrites = Writes(_nodes);
        _podWrites = Writes(_pods);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_nodes.Get(key) is not { } node) return ReconcileResult.Done;
        var began = Time.GetTimestamp();
        var fellSilent = await CheckSilenceAsync(node, cancellationToken);
        _metrics.Looked(Time.GetElapsedTime(began));
        if (fellSilent) return ReconcileResult.RequeueAfter(TimeSpan.Zero);
        await TaintAsync(node, cancellationToken);
        // The kubelet of a node that is not ready, but heard of, knows its pods better.
        if (NodeTaints.Ready(node) == "Unknown") await MarkPodsAsync(node, cancellationToken);
        return ReconcileResult.RequeueAfter(_options.MonitorPeriod);
    }

    private void OnNode(Node? old, Node? current)
    {
        _zones.Note(old, current);
        if (old is null) Say(current!, "RegisteredNode", $"Registered Node {current!.Metadata.Name} in Controller");
        if (current is null)
        {
            Say(old!, "RemovingNode", $"Removing Node {old!.Metadata.Name} from Controller");
            _health.Forget(old.Metadata.Uid);
        }
        else Queue.Add(KeyOf(current));
    }

    private void Say(Node node, string reason, string what) => Events.Event(node, "Normal", reason, $"Node {node.Metadata.Name} event: {what}");

    /// <summary>Returns true when the node was just declared unknown; the next reconcile then sees it as such, in its zone too.</summary>
    private async Task<bool> CheckSilenceAsync(Node node, CancellationToken cancellationToken)
    {
        var (silence, everReported) = _health.Observe(node, _leases.Get(LeaseNamespace, node.Metadata.Name));
        if (silence <= (everReported ? _options.MonitorGracePeriod : _options.StartupGracePeriod)) return false;
        var copy = node.DeepClone();
        SilentNode.Apply(copy, Time.GetUtcNow());
        if (copy.Status.DeepEquals(node.Status)) return false;
        if (NodeTaints.Ready(node) == "True") Events.Event(node, "Normal", "NodeNotReady", $"Node {node.Metadata.Name} status is now: NodeNotReady");
        await _nodeWrites.UpdateStatusAsync(copy, cancellationToken);
        return true;
    }

    private async Task TaintAsync(Node node, CancellationToken cancellationToken)
    {
        var wanted = NodeTaints.Wanted(node, ExecuteTaint(node), Time.GetUtcNow());
        var known = node.Spec.Taints.OrEmpty();
        var labels = NodeLabels.Missing(node);
        var isTainted = wanted.Count == known.Count && wanted.All(w => known.Any(k => k.DeepEquals(w)));
        if (isTainted && labels.Count == 0) return;
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = node.Metadata.ResourceVersion } };
        if (labels.Count > 0) patch["metadata"]!["labels"] = labels;
        if (!isTainted) patch["spec"] = new JsonObject { ["taints"] = new JsonArray([.. wanted.Select(t => JsonNode.Parse(JsonCodec.Encode(t)))]) };
        await _nodeWrites.PatchAsync(KeyOf(node), Patch.Merge(patch), cancellationToken);
    }

    /// <summary>A taint that evicts is added only in the zone's turn; once there it follows the condition.</summary>
    private string? ExecuteTaint(Node node)
    {
        var wanted = NodeTaints.Ready(node) switch { "False" => NodeTaints.NotReady, "Unknown" => NodeTaints.Unreachable, _ => null };
        if (wanted is null) return null;
        if (_zones.AllDown) return null;
        return NodeTaints.CurrentExecute(node) is not null || _zones.TryTake(ZoneLimiter.ZoneOf(node)) ? wanted : null;
    }

    private async Task MarkPodsAsync(Node node, CancellationToken cancellationToken)
    {
        foreach (var pod in PodsByNode.Of(_pods, node.Metadata.Name).Where(p => p.IsReady()).ToList())
        {
            var copy = pod.DeepClone();
            PodConditions.Set(copy, "Ready", "False", pod.Condition("Ready")!.Reason, pod.Condition("Ready")!.Message, Time.GetUtcNow());
            try
            {
                await _podWrites.UpdateStatusAsync(copy, cancellationToken);
                Events.Event(pod, "Warning", "NodeNotReady", "Node is not ready");
            }
            catch (StatusException e) when (e.IsNotFound)
            {
            }
        }
    }
}
