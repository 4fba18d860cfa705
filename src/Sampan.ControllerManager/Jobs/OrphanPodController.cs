using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Jobs;

/// <summary>
/// Takes the tracking finalizer off pods that no Job tracks: orphans of a Job that was deleted without them, and pods that somebody
/// took out of their Job. A Job that adopts such a pod puts it on again.
/// </summary>
internal sealed class OrphanPodController : Controller
{
    private readonly Informer<Pod> _pods;
    private readonly JobFinalizers _finalizers;

    public OrphanPodController(ControllerContext context)
        : base("job-controller-orphan-pods", context, workers: 1)
    {
        _pods = Watch<Pod>(p => IsOrphan(p) ? [KeyOf(p)] : []);
        _finalizers = new JobFinalizers(Writes(_pods));
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_pods.Get(key) is { } pod && IsOrphan(pod)) await _finalizers.ReleaseAsync([pod], cancellationToken);
        return ReconcileResult.Done;
    }

    private static bool IsOrphan(Pod pod) => pod.Metadata.Controller() is null && JobFinalizers.Holds(pod);
}
