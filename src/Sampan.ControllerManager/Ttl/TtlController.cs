using System.Globalization;
using System.Text.Json.Nodes;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Ttl;

/// <summary>
/// Tells kubelets, by an annotation on their nodes, how long they may keep Secrets and ConfigMaps: the longer, the more nodes there are.
/// Upstream: pkg/controller/ttl.
/// </summary>
internal sealed class TtlController : Controller
{
    private const string Annotation = "node.alpha.kubernetes.io/ttl";

    /// <summary>From one step to the next above the greater number, and back below the smaller one.</summary>
    private static readonly (int Min, int Max, int Seconds)[] Steps =
        [(0, 100, 0), (90, 500, 15), (450, 1000, 30), (900, 2000, 60), (1800, int.MaxValue, 300)];
    private readonly Informer<Node> _nodes;
    private readonly OwnWrites<Node> _writes;
    private int _step;

    public TtlController(ControllerContext context)
        : base("ttl-controller", context)
    {
        _nodes = Watch(context.Informers.For<Node>(), OnNode);
        _writes = Writes(_nodes);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_nodes.Get(key) is not { } node) return ReconcileResult.Done;
        var wanted = Steps[Volatile.Read(ref _step)].Seconds.ToString(CultureInfo.InvariantCulture);
        if (node.Metadata.Annotations?.GetValueOrDefault(Annotation) == wanted) return ReconcileResult.Done;
        var patch = Patch.StrategicMerge(new JsonObject
        {
            ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [Annotation] = wanted } },
        });
        await _writes.PatchAsync(key, patch, cancellationToken);
        return ReconcileResult.Done;
    }

    private void OnNode(Node? old, Node? current)
    {
        var (count, step) = (_nodes.Snapshot.Count, _step);
        while (count > Steps[step].Max) step++;
        while (count < Steps[step].Min) step--;
        var moved = step != _step;
        Volatile.Write(ref _step, step);
        if (moved)
        {
            foreach (var node in _nodes.List()) Queue.Add(KeyOf(node));
        }
        else if (current is not null)
        {
            Queue.Add(KeyOf(current));
        }
    }
}
