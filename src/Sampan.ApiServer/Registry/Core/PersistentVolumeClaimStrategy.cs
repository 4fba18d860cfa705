using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Claims on persistent volumes. Once bound only the size may grow.</summary>
internal sealed class PersistentVolumeClaimStrategy() : SpecStatusStrategy<PersistentVolumeClaim>(Parts, hasGeneration: false)
{
    private static readonly SpecStatus<PersistentVolumeClaim> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        claim => claim.Status = new PersistentVolumeClaimStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec));

    public override bool ReturnDeletedObject => true;

    protected override void Default(PersistentVolumeClaim claim)
    {
        claim.Spec.VolumeMode = string.IsNullOrEmpty(claim.Spec.VolumeMode) ? "Filesystem" : claim.Spec.VolumeMode;
        AmountDefaults.Round(claim.Spec.Resources.Limits);
        AmountDefaults.Round(claim.Spec.Resources.Requests);
        AmountDefaults.Round(claim.Status.Capacity);
        claim.Status.Phase = string.IsNullOrEmpty(claim.Status.Phase) ? "Pending" : claim.Status.Phase;
    }

    protected override void PrepareSpecForCreate(WriteContext context, PersistentVolumeClaim claim)
    {
        claim.Status.Phase = "Pending";
        PersistentVolumeClaimValidation.AlignSources(claim.Spec, null);
    }

    protected override void PrepareSpecForUpdate(WriteContext context, PersistentVolumeClaim claim, PersistentVolumeClaim old) =>
        PersistentVolumeClaimValidation.AlignSources(claim.Spec, old.Spec);

    protected override void Validate(WriteContext context, PersistentVolumeClaim claim, FieldErrors errors) =>
        PersistentVolumeClaimValidation.Validate(claim.Spec, FieldPath.Of("spec"), errors);

    protected override void ValidateUpdate(WriteContext context, PersistentVolumeClaim claim, PersistentVolumeClaim old, FieldErrors errors) =>
        PersistentVolumeClaimValidation.ValidateUpdate(claim, old, errors);

    protected override void ValidateStatusUpdate(
        WriteContext context, PersistentVolumeClaim claim, PersistentVolumeClaim old, FieldErrors errors) =>
        PersistentVolumeClaimStatusValidation.Validate(claim.Status, errors);

    protected override IEnumerable<string> Warnings(WriteContext context, PersistentVolumeClaim claim, PersistentVolumeClaim? old) =>
        PersistentVolumeWarnings.Of(claim);
}
