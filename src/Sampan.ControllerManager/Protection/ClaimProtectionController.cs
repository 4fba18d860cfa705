using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Protection;

/// <summary>A PersistentVolumeClaim that a pod uses does not go before the pod. Upstream: pkg/controller/volume/pvcprotection.</summary>
internal sealed class ClaimProtectionController : Controller
{
    private readonly Informer<PersistentVolumeClaim> _claims;
    private readonly Informer<Pod> _pods;
    private readonly FinalizerGuard<PersistentVolumeClaim> _guard;

    public ClaimProtectionController(ControllerContext context)
        : base("persistentvolumeclaim-protection-controller", context)
    {
        _claims = Watch<PersistentVolumeClaim>(c => [KeyOf(c)]);
        _pods = Watch<Pod>(p => ClaimsOf.Pod(p).Select(name => new ObjectKey(p.Metadata.Namespace, name)));
        ClaimsOf.AddIndex(_pods);
        _guard = new("kubernetes.io/pvc-protection", Writes(_claims));
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_claims.Get(key) is { } claim) await _guard.RunAsync(claim, () => IsInUseAsync(claim, cancellationToken), cancellationToken);
        return ReconcileResult.Done;
    }

    /// <summary>The cache may not know a pod yet: before a claim goes, the server is asked.</summary>
    private async Task<bool> IsInUseAsync(PersistentVolumeClaim claim, CancellationToken cancellationToken)
    {
        if (ClaimsOf.UsersOf(_pods, claim).Any(p => Uses(p, claim))) return true;
        var live = await Direct(_pods).ListAsync(claim.Metadata.Namespace, cancellationToken);
        return live.Items.Any(p => Uses(p, claim));
    }

    /// <summary>A pod without a node does not count: no kubelet starts it on a claim that is going.</summary>
    private static bool Uses(Pod pod, PersistentVolumeClaim claim) =>
        !string.IsNullOrEmpty(pod.Spec.NodeName) && ClaimsOf.Pod(pod).Contains(claim.Metadata.Name);
}
