using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of what a claim has and gets. Upstream: ValidatePersistentVolumeClaimStatusUpdate.</summary>
internal static class PersistentVolumeClaimStatusValidation
{
    private static readonly string[] Resizes =
    [
        "ControllerResizeInProgress", "ControllerResizeInfeasible", "NodeResizeInProgress", "NodeResizeInfeasible", "NodeResizePending",
    ];

    public static void Validate(PersistentVolumeClaimStatus status, FieldErrors errors)
    {
        var path = FieldPath.Of("status");
        foreach (var (name, amount) in status.Capacity.OrEmpty())
        {
            Amount(amount, path.Child("capacity").Key(name), errors);
        }
        foreach (var (name, resize) in status.AllocatedResourceStatuses.OrEmpty())
        {
            IsOfClaims(name, path.Child("allocatedResourceStatus"), errors);
            if (!Resizes.Contains(resize))
            {
                errors.NotSupported(path.Child("allocatedResourceStatus"), name, Resizes.Order(StringComparer.Ordinal));
            }
        }
        foreach (var (name, amount) in status.AllocatedResources.OrEmpty())
        {
            if (IsOfClaims(name, path.Child("allocatedResources"), errors))
            {
                Amount(amount, path.Child("allocatedResources").Key(name), errors);
            }
        }
    }

    private static void Amount(Quantity amount, FieldPath path, FieldErrors errors)
    {
        if (amount.AsLong() < 0)
        {
            errors.Invalid(path, amount.AsLong(), "must be a valid resource quantity");
        }
    }

    /// <summary>Of Kubernetes' own resources a claim has storage only.</summary>
    private static bool IsOfClaims(string name, FieldPath path, FieldErrors errors)
    {
        if (Names.IsQualifiedName(name) is { Count: > 0 } wrong)
        {
            errors.Invalid(path, name, wrong);
            return false;
        }
        if (ResourceNames.IsNative(name) && name != "storage")
        {
            errors.NotSupported(path, name, "storage");
            return false;
        }
        return true;
    }
}
