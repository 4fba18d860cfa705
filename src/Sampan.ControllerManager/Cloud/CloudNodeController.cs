using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Cloud;

/// <summary>
/// Tells new nodes what their machine is; until then a taint keeps pods away from them. Upstream: k8s.io/cloud-provider/controllers/node.
/// </summary>
internal sealed class CloudNodeController : Controller
{
    public const string Uninitialized = "node.cloudprovider.kubernetes.io/uninitialized";
    private readonly IInstances _instances;
    private readonly Informer<Node> _nodes;
    private readonly OwnWrites<Node> _writes;

    public CloudNodeController(ControllerContext context, IInstances instances)
        : base("cloud-node-controller", context)
    {
        _instances = instances;
        _nodes = Watch<Node>(n => [KeyOf(n)]);
        _writes = Writes(_nodes);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_nodes.Get(key) is not { } node || !IsNew(node)) return ReconcileResult.Done;
        var machine = await _instances.DescribeAsync(node, cancellationToken);
        if (machine.Addresses is { Count: > 0 } addresses && !Same(addresses, node.Status.Addresses))
        {
            var located = node.DeepClone();
            located.Status.Addresses = [.. addresses];
            node = await _writes.UpdateStatusAsync(located, cancellationToken);
        }

        await _writes.UpdateAsync(Initialized(node, machine), cancellationToken);
        Events.Event(node, "Normal", "Synced", "Node synced successfully");
        return ReconcileResult.Done;
    }

    private static Node Initialized(Node node, InstanceMetadata machine)
    {
        var copy = node.DeepClone();
        if (string.IsNullOrEmpty(copy.Spec.ProviderID)) copy.Spec.ProviderID = machine.ProviderId;
        copy.Spec.Taints!.RemoveAll(t => t.Key == Uninitialized);
        if (copy.Spec.Taints.Count == 0) copy.Spec.Taints = null;
        var labels = copy.Metadata.Labels ??= [];
        foreach (var (name, value) in Labels(machine))
            if (!string.IsNullOrEmpty(value)) labels[name] = value;
        return copy;
    }

    private static IEnumerable<(string Name, string? Value)> Labels(InstanceMetadata machine) =>
    [
        ("node.kubernetes.io/instance-type", machine.InstanceType), ("beta.kubernetes.io/instance-type", machine.InstanceType),
        ("topology.kubernetes.io/zone", machine.Zone), ("failure-domain.beta.kubernetes.io/zone", machine.Zone),
        ("topology.kubernetes.io/region", machine.Region), ("failure-domain.beta.kubernetes.io/region", machine.Region),
    ];

    private static bool IsNew(Node node) => node.Spec.Taints?.Exists(t => t.Key == Uninitialized) == true;

    private static bool Same(IReadOnlyList<NodeAddress> wanted, List<NodeAddress>? known) =>
        wanted.Count == known.OrEmpty().Count && wanted.Zip(known.OrEmpty()).All(p => p.First.Type == p.Second.Type && p.First.Address == p.Second.Address);
}
