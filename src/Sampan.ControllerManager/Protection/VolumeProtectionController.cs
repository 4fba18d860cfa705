using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Protection;

/// <summary>A PersistentVolume that is bound does not go before its claim. Upstream: pkg/controller/volume/pvprotection.</summary>
internal sealed class VolumeProtectionController : Controller
{
    private readonly Informer<PersistentVolume> _volumes;
    private readonly FinalizerGuard<PersistentVolume> _guard;

    public VolumeProtectionController(ControllerContext context)
        : base("persistentvolume-protection-controller", context)
    {
        _volumes = Watch<PersistentVolume>(v => [KeyOf(v)]);
        _guard = new("kubernetes.io/pv-protection", Writes(_volumes));
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_volumes.Get(key) is { } volume) await _guard.RunAsync(volume, () => Task.FromResult(volume.Status.Phase == "Bound"), cancellationToken);
        return ReconcileResult.Done;
    }
}
