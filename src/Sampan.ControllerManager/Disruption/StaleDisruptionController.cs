using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Disruption;

/// <summary>Takes back a pod's condition DisruptionTarget when two minutes later nobody has deleted the pod.</summary>
internal sealed class StaleDisruptionController : Controller
{
    private const string DisruptionTarget = "DisruptionTarget";
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private readonly Informer<Pod> _pods;
    private readonly OwnWrites<Pod> _writes;

    public StaleDisruptionController(ControllerContext context)
        : base("disruption-controller-stale-pods", context, workers: 1)
    {
        _pods = Watch<Pod>(p => IsTarget(p) ? [KeyOf(p)] : []);
        _writes = Writes(_pods);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_pods.Get(key) is not { } pod || !IsTarget(pod)) return ReconcileResult.Done;
        var since = pod.Condition(DisruptionTarget)!.LastTransitionTime?.Value ?? DateTimeOffset.MinValue;
        var left = since + Timeout - Time.GetUtcNow();
        if (left > TimeSpan.Zero) return ReconcileResult.RequeueAfter(left);
        var copy = pod.DeepClone();
        PodConditions.Set(copy, DisruptionTarget, "False", null, null, Time.GetUtcNow());
        await _writes.UpdateStatusAsync(copy, cancellationToken);
        return ReconcileResult.Done;
    }

    /// <summary>A kubelet's own word stays, however long its pod takes to end.</summary>
    private static bool IsTarget(Pod pod) =>
        pod.Metadata.DeletionTimestamp is null && !pod.IsTerminal()
        && pod.Condition(DisruptionTarget) is { Status: "True", Reason: not "TerminationByKubelet" };
}
