using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;

namespace Sampan.ApiServer.Admission;

/// <summary>A claim grows only where its storage class allows it.</summary>
internal sealed class PersistentVolumeClaimResize(IObjectSource objects) : AdmissionPlugin
{
    public override string Name => "PersistentVolumeClaimResize";

    public override ValueTask ValidateAsync(AdmissionRequest request)
    {
        if (request is not { Operation: AdmissionOperation.Update, Subresource: "", Object: PersistentVolumeClaim claim, OldObject: PersistentVolumeClaim old }
            || SizeOf(claim) <= SizeOf(old))
        {
            return ValueTask.CompletedTask;
        }
        if (old.Status.Phase != "Bound")
        {
            throw request.Forbidden("Only bound persistent volume claims can be expanded");
        }
        if (!MayGrow(claim, old))
        {
            throw request.Forbidden(
                "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize");
        }
        return ValueTask.CompletedTask;
    }

    private bool MayGrow(PersistentVolumeClaim claim, PersistentVolumeClaim old)
    {
        var name = ClaimClass.Of(claim);
        return name.Length > 0 && name == ClaimClass.Of(old) && objects.Get<StorageClass>(null, name)?.AllowVolumeExpansion == true;
    }

    private static Quantity SizeOf(PersistentVolumeClaim claim) => claim.Spec.Resources.Requests.OrEmpty().GetValueOrDefault("storage");
}
