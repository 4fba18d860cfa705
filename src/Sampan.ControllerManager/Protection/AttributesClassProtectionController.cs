using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;

namespace Sampan.ControllerManager.Protection;

/// <summary>
/// A VolumeAttributesClass that a claim or a volume names does not go before them. Upstream: pkg/controller/storage/vacprotection.
/// </summary>
internal sealed class AttributesClassProtectionController : Controller
{
    private const string Index = "volumeAttributesClass";
    private readonly Informer<VolumeAttributesClass> _classes;
    private readonly Informer<PersistentVolumeClaim> _claims;
    private readonly Informer<PersistentVolume> _volumes;
    private readonly FinalizerGuard<VolumeAttributesClass> _guard;

    public AttributesClassProtectionController(ControllerContext context)
        : base("volumeattributesclass-protection-controller", context)
    {
        _classes = Watch<VolumeAttributesClass>(c => [KeyOf(c)]);
        _claims = Watch<PersistentVolumeClaim>(c => ClassesOf(c).Select(name => new ObjectKey("", name)));
        _volumes = Watch<PersistentVolume>(v => ClassesOf(v).Select(name => new ObjectKey("", name)));
        _claims.AddIndex(Index, ClassesOf);
        _volumes.AddIndex(Index, ClassesOf);
        _guard = new("kubernetes.io/vac-protection", Writes(_classes));
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_classes.Get(key) is { } found) await _guard.RunAsync(found, () => IsInUseAsync(key.Name, cancellationToken), cancellationToken);
        return ReconcileResult.Done;
    }

    private async Task<bool> IsInUseAsync(string name, CancellationToken cancellationToken)
    {
        if (_claims.ByIndex(Index, name).Any() || _volumes.ByIndex(Index, name).Any()) return true;
        var claims = await Direct(_claims).ListAsync(null, cancellationToken);
        if (claims.Items.Any(c => ClassesOf(c).Contains(name))) return true;
        var volumes = await Direct(_volumes).ListAsync(null, cancellationToken);
        return volumes.Items.Any(v => ClassesOf(v).Contains(name));
    }

    private static IEnumerable<string> ClassesOf(PersistentVolumeClaim claim) => Named(
        claim.Spec.VolumeAttributesClassName, claim.Status.CurrentVolumeAttributesClassName, claim.Status.ModifyVolumeStatus?.TargetVolumeAttributesClassName);

    private static IEnumerable<string> ClassesOf(PersistentVolume volume) => Named(volume.Spec.VolumeAttributesClassName);

    private static IEnumerable<string> Named(params IEnumerable<string?> names) => names.OfType<string>().Where(n => n.Length > 0).Distinct();
}
