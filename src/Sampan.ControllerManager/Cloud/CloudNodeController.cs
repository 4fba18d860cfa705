using System.Collections.Concurrent;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Cloud;

/// <summary>
/// Tells new nodes what their machine is; until then a taint keeps pods away from them. The addresses of known ones are looked at again
/// now and then. Upstream: k8s.io/cloud-provider/controllers/node.
/// </summary>
internal sealed class CloudNodeController : Controller
{
    public const string Uninitialized = "node.cloudprovider.kubernetes.io/uninitialized";
    private readonly IInstances _instances;
    private readonly TimeSpan _period;
    private readonly Informer<Node> _nodes;
    private readonly OwnWrites<Node> _writes;
    private readonly ConcurrentDictionary<ObjectKey, DateTimeOffset> _lookedAt = new();
    private readonly CloudMetrics _metrics;

    public CloudNodeController(ControllerContext context, IInstances instances, TimeSpan period)
        : base("cloud-node-controller", context)
    {
        (_instances, _period) = (instances, period);
        _nodes = Watch<Node>(n => [KeyOf(n)]);
        _writes = Writes(_nodes);
        _metrics = new CloudMetrics(context.Metrics);
    }

    public static bool IsNew(Node node) => node.Spec.Taints?.Exists(t => t.Key == Uninitialized) == true;

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_nodes.Get(key) is not { } node)
        {
            _lookedAt.TryRemove(key, out _);
            return ReconcileResult.Done;
        }

        if (NodeMachine.OutdatedLabels(node) is { Count: > 0 } labels)
        {
            await WriteLabelsAsync(node, labels, cancellationToken);
            return ReconcileResult.Done;
        }

        if (!IsNew(node) && _lookedAt.TryGetValue(key, out var last) && last + _period - Time.GetUtcNow() is { Ticks: > 0 } rest) return ReconcileResult.RequeueAfter(rest);
        if (await _instances.DescribeAsync(node, cancellationToken) is { } machine)
        {
            if (IsNew(node)) await InitializeAsync(node, machine, cancellationToken);
            else await WriteAddressesAsync(node, machine, cancellationToken);
        }

        _lookedAt[key] = Time.GetUtcNow();
        return ReconcileResult.RequeueAfter(_period);
    }

    /// <summary>A machine without an id never gets one later, and what balances load or makes routes needs it.</summary>
    private async Task InitializeAsync(Node node, InstanceMetadata machine, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(machine.ProviderId) && string.IsNullOrEmpty(node.Spec.ProviderID))
            throw new InvalidOperationException($"cloud provider does not set node provider ID for node {node.Metadata.Name}");
        var located = await WriteAddressesAsync(node, machine, cancellationToken);
        await _writes.UpdateAsync(NodeMachine.Initialized(located, machine), cancellationToken);
        if (node.Metadata.CreationTimestamp is { } created) _metrics.NodeInitialized(Time.GetUtcNow() - created.Value);
        Events.Event(node, "Normal", "Synced", "Node synced successfully");
    }

    private async Task<Node> WriteAddressesAsync(Node node, InstanceMetadata machine, CancellationToken cancellationToken)
    {
        var addresses = MachineAddresses.Of(node, machine.Addresses ?? []);
        if (addresses.Count == 0 || MachineAddresses.AreSame(addresses, node.Status.Addresses)) return node;
        var located = node.DeepClone();
        located.Status.Addresses = addresses;
        return await _writes.UpdateStatusAsync(located, cancellationToken);
    }

    private Task WriteLabelsAsync(Node node, Dictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var copy = node.DeepClone();
        foreach (var (name, value) in labels) copy.Metadata.Labels![name] = value;
        return _writes.UpdateAsync(copy, cancellationToken);
    }
}
