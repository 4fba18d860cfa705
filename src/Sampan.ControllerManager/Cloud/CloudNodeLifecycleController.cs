using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Cloud;

/// <summary>
/// Removes nodes whose machine is gone, and taints those whose machine is shut down. Upstream: k8s.io/cloud-provider/controllers/nodelifecycle.
/// </summary>
internal sealed class CloudNodeLifecycleController : Controller
{
    public const string Shutdown = "node.cloudprovider.kubernetes.io/shutdown";

    /// <summary>A provider may not list a machine yet that has just come.</summary>
    private static readonly TimeSpan FirstMinute = TimeSpan.FromMinutes(1);

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

        if (IsJustComing(node)) return ReconcileResult.RequeueAfter(_period);
        if (!await _instances.ExistsAsync(node, cancellationToken))
        {
            await DeleteAsync(node, cancellationToken);
            return ReconcileResult.Done;
        }

        if (await _instances.IsShutDownAsync(node, cancellationToken)) await TaintAsync(node, true, cancellationToken);
        return ReconcileResult.RequeueAfter(_period);
    }

    private async Task DeleteAsync(Node node, CancellationToken cancellationToken)
    {
        Events.Event(node, "Normal", "DeletingNode", $"Deleting node {node.Metadata.Name} because it does not exist in the cloud provider");
        try
        {
            await _writes.DeleteAsync(node, null, cancellationToken);
        }
        catch (StatusException e)
        {
            Events.Event(node, "Warning", "DeletingNodeFailed", $"Failed deleting node {node.Metadata.Name}: {e.Message}");
            throw;
        }
    }

    /// <summary>The taint goes once the node is ready again, not when its machine is merely running.</summary>
    private async Task TaintAsync(Node node, bool wanted, CancellationToken cancellationToken)
    {
        if ((node.Spec.Taints?.Exists(t => t.Key == Shutdown) == true) == wanted) return;
        var copy = node.DeepClone();
        if (wanted) (copy.Spec.Taints ??= []).Add(new Taint { Key = Shutdown, Effect = "NoSchedule" });
        else copy.Spec.Taints!.RemoveAll(t => t.Key == Shutdown);
        if (copy.Spec.Taints is { Count: 0 }) copy.Spec.Taints = null;
        await _writes.UpdateAsync(copy, cancellationToken);
    }

    private bool IsJustComing(Node node) =>
        string.IsNullOrEmpty(node.Spec.ProviderID) && CloudNodeController.IsNew(node) && Time.GetUtcNow() - node.Metadata.CreationTimestamp?.Value < FirstMinute;

    private static bool IsReady(Node node) => node.Status.Conditions?.Find(c => c.Type == "Ready")?.Status == "True";
}
