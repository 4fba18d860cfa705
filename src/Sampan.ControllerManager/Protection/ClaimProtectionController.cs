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
        !string.IsNullOrEmpty(pod.Spec.NodeName) && pod.Spec.Volumes.OrEmpty().Any(v => v.PersistentVolumeClaim?.ClaimName == claim.Metadata.Name || HasOwn(pod, v, claim));

    /// <summary>
    /// A claim that was made for the pod. Where the kubelet is done with the pod it is free: the pod may itself wait, as an owner that is
    /// deleted in the foreground does, until its claim is gone.
    /// </summary>
    private static bool HasOwn(Pod pod, Volume volume, PersistentVolumeClaim claim) =>
        volume.Ephemeral is not null && ClaimsOf.NameOf(pod, volume) == claim.Metadata.Name && claim.Metadata.IsControlledBy(pod)
        && pod.Metadata is not { DeletionTimestamp: not null, DeletionGracePeriodSeconds: 0 };
}
