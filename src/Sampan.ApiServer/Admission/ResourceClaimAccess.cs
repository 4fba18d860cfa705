using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.ApiServer.Admission;

/// <summary>
/// Who may ask for administrative access to devices, who may allocate them, and who may report their state. Part of the claims' own
/// rules upstream (pkg/registry/resource), where it cannot be switched off either.
/// </summary>
internal sealed class ResourceClaimAccess(IObjectSource objects, ClaimStatusAccess status) : AdmissionPlugin
{
    private const string AdminLabel = "resource.kubernetes.io/admin-access";

    public override string Name => "ResourceClaim";

    public override async ValueTask ValidateAsync(AdmissionRequest request)
    {
        var errors = new FieldErrors();
        switch (request.Object, request.Operation, request.Subresource)
        {
            case (ResourceClaim claim, AdmissionOperation.Create, ""):
                CheckAdmin(request, FirstAdmin(claim.Spec.Devices), errors);
                break;
            case (ResourceClaimTemplate template, AdmissionOperation.Create, ""):
                CheckAdmin(request, FirstAdmin(template.Spec.Spec.Devices), errors);
                break;
            case (ResourceClaim claim, AdmissionOperation.Update, "status") when request.OldObject is ResourceClaim old:
                CheckAdmin(request, FirstAdmin(old.Status.Allocation) is null ? FirstAdmin(claim.Status.Allocation) : null, errors);
                await status.CheckAsync(request.Context, claim, old, errors);
                break;
        }
        if (errors.Count > 0)
        {
            throw StatusException.Invalid(request.Resource.Kind.GroupKind, request.Name, errors);
        }
    }

    private void CheckAdmin(AdmissionRequest request, FieldPath? path, FieldErrors errors)
    {
        if (path is not null && objects.Get<Namespace>(null, request.Namespace)?.Metadata.Labels.OrEmpty().GetValueOrDefault(AdminLabel) != "true")
        {
            errors.Forbidden(path, $"admin access to devices requires the `{AdminLabel}: true` label on the containing namespace");
        }
    }

    private static FieldPath? FirstAdmin(DeviceClaim claim)
    {
        var index = claim.Requests?.FindIndex(one => one.Exactly?.AdminAccess == true) ?? -1;
        return index < 0 ? null : FieldPath.Of("spec", "devices", "requests").Index(index).Child("adminAccess");
    }

    private static FieldPath? FirstAdmin(AllocationResult? allocation)
    {
        var index = allocation?.Devices.Results?.FindIndex(one => one.AdminAccess == true) ?? -1;
        return index < 0 ? null : FieldPath.Of("status", "allocation", "devices", "results").Index(index).Child("adminAccess");
    }
}
