using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Claims on persistent volumes. Once bound only the size may grow.</summary>
internal sealed class PersistentVolumeClaimStrategy() : SpecStatusStrategy<PersistentVolumeClaim>(Parts, hasGeneration: false)
{
    private const string OnlySize =
        "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";

    private static readonly SpecStatus<PersistentVolumeClaim> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        claim => claim.Status = new PersistentVolumeClaimStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec));

    public override bool ReturnDeletedObject => true;

    protected override void Default(PersistentVolumeClaim claim)
    {
        claim.Spec.VolumeMode = string.IsNullOrEmpty(claim.Spec.VolumeMode) ? "Filesystem" : claim.Spec.VolumeMode;
        claim.Status.Phase = string.IsNullOrEmpty(claim.Status.Phase) ? "Pending" : claim.Status.Phase;
    }

    protected override void PrepareSpecForCreate(WriteContext context, PersistentVolumeClaim claim) => claim.Status.Phase = "Pending";

    protected override void Validate(WriteContext context, PersistentVolumeClaim claim, FieldErrors errors)
    {
        var path = FieldPath.Of("spec");
        if (claim.Spec.AccessModes.OrEmpty().Count == 0)
        {
            errors.Required(path.Child("accessModes"), "at least 1 access mode is required");
        }
        if (!claim.Spec.Resources.Requests.OrEmpty().TryGetValue("storage", out var size))
        {
            errors.Required(path.Child("resources").Key("storage"));
        }
        else if (size.Sign <= 0)
        {
            errors.Invalid(path.Child("resources").Key("storage"), size.ToString(), "must be greater than zero");
        }
    }

    protected override void ValidateUpdate(WriteContext context, PersistentVolumeClaim claim, PersistentVolumeClaim old, FieldErrors errors)
    {
        Validate(context, claim, errors);
        var allowed = old.Spec.DeepClone();
        if (string.IsNullOrEmpty(old.Spec.VolumeName))
        {
            allowed.VolumeName = claim.Spec.VolumeName;
        }
        allowed.StorageClassName ??= claim.Spec.StorageClassName;
        allowed.VolumeAttributesClassName = claim.Spec.VolumeAttributesClassName;
        if (old.Status.Phase == "Bound")
        {
            allowed.Resources = claim.Spec.Resources;
        }
        if (!allowed.DeepEquals(claim.Spec))
        {
            errors.Forbidden(FieldPath.Of("spec"), OnlySize);
        }
        var (now, was) = (claim.Spec.Resources.Requests.OrEmpty(), old.Spec.Resources.Requests.OrEmpty());
        if (now.TryGetValue("storage", out var size) && was.TryGetValue("storage", out var before) && size < before)
        {
            errors.Forbidden(
                FieldPath.Of("spec").Child("resources").Child("requests").Child("storage"), "field can not be less than status.capacity");
        }
    }
}
