using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Cloud;

/// <summary>
/// Removes nodes whose machine is gone, and taints those whose machine is shut down. Upstream: k8s.io/cloud-provider/controllers/nodelifecycle.
/// </summary>
internal sealed class CloudNodeLifecycleController : Controller
{
    public const string Shutdown = "node.cloudprovider.kubernetes.io/shutdown";
    private readonly IInstances _instances;
    private readonly TimeSpan _period;
    private readonly Informer<Node> _nodes;
    private readonly OwnWrites<Node> _writes;

    public CloudNodeLifecycleController(ControllerContext context, IInstances instances, TimeSpan period)
        : base("cloud-node-lifecycle-controller", context)
    {
        (_instances, _period) = (instances, period);
        _nodes = Watch<Node>(n => [KeyOf(n)]);
        _writes = Writes(_nodes);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_nodes.Get(key) is not { } node) return ReconcileResult.Done;
        if (IsReady(node))
        {
            await TaintAsync(node, false, cancellationToken);
            return ReconcileResult.Done;
        }

        if (!await _instances.ExistsAsync(node, cancellationToken))
        {
            Events.Event(node, "Normal", "DeletingNode", $"Deleting node {key.Name} because it does not exist in the cloud provider");
            await _writes.DeleteAsync(node, null, cancellationToken);
            return ReconcileResult.Done;
        }

        await TaintAsync(node, await _instances.IsShutDownAsync(node, cancellationToken), cancellationToken);
        return ReconcileResult.RequeueAfter(_period);
    }

    private async Task TaintAsync(Node node, bool wanted, CancellationToken cancellationToken)
    {
        if ((node.Spec.Taints?.Exists(t => t.Key == Shutdown) == true) == wanted) return;
        var copy = node.DeepClone();
        if (wanted) (copy.Spec.Taints ??= []).Add(new Taint { Key = Shutdown, Effect = "NoSchedule" });
        else copy.Spec.Taints!.RemoveAll(t => t.Key == Shutdown);
        if (copy.Spec.Taints is { Count: 0 }) copy.Spec.Taints = null;
        await _writes.UpdateAsync(copy, cancellationToken);
    }

    private static bool IsReady(Node node) => node.Status.Conditions?.Find(c => c.Type == "Ready")?.Status == "True";
}
