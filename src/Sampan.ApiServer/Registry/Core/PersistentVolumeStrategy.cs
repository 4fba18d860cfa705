using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Persistent volumes.</summary>
internal sealed class PersistentVolumeStrategy() : SpecStatusStrategy<PersistentVolume>(Parts, hasGeneration: false)
{
    private static readonly SpecStatus<PersistentVolume> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        volume => volume.Status = new PersistentVolumeStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec));

    public override bool ReturnDeletedObject => true;

    protected override void Default(PersistentVolume volume)
    {
        volume.Spec.PersistentVolumeReclaimPolicy = Or(volume.Spec.PersistentVolumeReclaimPolicy, "Retain");
        volume.Spec.VolumeMode = Or(volume.Spec.VolumeMode, "Filesystem");
        volume.Status.Phase = Or(volume.Status.Phase, "Pending");
        foreach (var (_, source) in PersistentVolumeSources.Of(volume.Spec))
        {
            VolumeSourceDefaults.Apply(source);
        }
        AmountDefaults.Round(volume.Spec.Capacity);
    }

    protected override void PrepareSpecForCreate(WriteContext context, PersistentVolume volume)
    {
        volume.Status.Phase = "Pending";
        volume.Status.LastPhaseTransitionTime = context.Now;
    }

    protected override void PrepareStatusForUpdate(WriteContext context, PersistentVolume volume, PersistentVolume old)
    {
        if (volume.Status.Phase != old.Status.Phase)
        {
            volume.Status.LastPhaseTransitionTime = context.Now;
        }
    }

    protected override void Validate(WriteContext context, PersistentVolume volume, FieldErrors errors) =>
        PersistentVolumeValidation.Validate(volume, errors);

    protected override void ValidateUpdate(WriteContext context, PersistentVolume volume, PersistentVolume old, FieldErrors errors) =>
        PersistentVolumeValidation.ValidateUpdate(volume, old, errors);

    protected override IEnumerable<string> Warnings(WriteContext context, PersistentVolume volume, PersistentVolume? old) =>
        PersistentVolumeWarnings.Of(volume);

    private static string Or(string? value, string fallback) => string.IsNullOrEmpty(value) ? fallback : value;
}
