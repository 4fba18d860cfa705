using Sampan.Api;
using Sampan.Api.Storage.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Storage;

/// <summary>CSI drivers.</summary>
internal sealed class CSIDriverStrategy : Strategy<CSIDriver>
{
    private const int ShortestToken = 600;
    private const long LongestToken = 1L << 32;
    private const int ShortestPeriod = 10;

    public override bool AllowUnconditionalUpdate => false;

    public override bool ReturnDeletedObject => true;

    protected override void Default(CSIDriver driver)
    {
        var spec = driver.Spec;
        spec.AttachRequired ??= true;
        spec.PodInfoOnMount ??= false;
        spec.StorageCapacity ??= false;
        spec.FsGroupPolicy ??= "ReadWriteOnceWithFSType";
        spec.RequiresRepublish ??= false;
        spec.SeLinuxMount ??= false;
        if (spec.VolumeLifecycleModes.OrEmpty().Count == 0)
        {
            spec.VolumeLifecycleModes = ["Persistent"];
        }
    }

    protected override void PrepareForUpdate(WriteContext context, CSIDriver driver, CSIDriver old)
    {
        if (!driver.Spec.DeepEquals(old.Spec))
        {
            driver.Metadata.Generation = old.Metadata.Generation + 1;
        }
    }

    protected override void Validate(WriteContext context, CSIDriver driver, FieldErrors errors)
    {
        var (spec, path) = (driver.Spec, FieldPath.Of("spec"));
        FieldChecks.OneOf(path.Child("fsGroupPolicy"), spec.FsGroupPolicy, errors, "File", "None", "ReadWriteOnceWithFSType");
        Tokens(spec.TokenRequests, path.Child("tokenRequests"), errors);
        foreach (var mode in spec.VolumeLifecycleModes.OrEmpty())
        {
            FieldChecks.OneOf(path.Child("volumeLifecycleModes"), mode, errors, "Persistent", "Ephemeral");
        }
        if (spec.NodeAllocatableUpdatePeriodSeconds < ShortestPeriod)
        {
            errors.Invalid(
                path.Child("nodeAllocatableUpdatePeriodSeconds"), spec.NodeAllocatableUpdatePeriodSeconds,
                "must be greater than or equal to 10 seconds");
        }
        if (spec.ServiceAccountTokenInSecrets is not null && spec.TokenRequests.OrEmpty().Count == 0)
        {
            errors.Invalid(
                path.Child("serviceAccountTokenInSecrets"), spec.ServiceAccountTokenInSecrets,
                "must not be specified when tokenRequests is empty");
        }
    }

    protected override void ValidateUpdate(WriteContext context, CSIDriver driver, CSIDriver old, FieldErrors errors)
    {
        Validate(context, driver, errors);
        var path = FieldPath.Of("spec");
        FieldChecks.SameValue(path.Child("attachedRequired"), driver.Spec.AttachRequired, old.Spec.AttachRequired, errors);
        if (!driver.Spec.VolumeLifecycleModes.OrEmpty().SequenceEqual(old.Spec.VolumeLifecycleModes.OrEmpty()))
        {
            errors.Invalid(path.Child("volumeLifecycleModes"), driver.Spec.VolumeLifecycleModes, FieldChecks.Immutable);
        }
    }

    private static void Tokens(List<TokenRequest>? requests, FieldPath path, FieldErrors errors)
    {
        var audiences = new HashSet<string>();
        foreach (var (index, request) in requests.OrEmpty().Index())
        {
            var at = path.Index(index);
            if (!audiences.Add(request.Audience))
            {
                errors.Duplicate(at.Child("audience"), request.Audience);
                continue;
            }
            if (request.ExpirationSeconds < ShortestToken)
            {
                errors.Invalid(at.Child("expirationSeconds"), request.ExpirationSeconds, "may not specify a duration less than 10 minutes");
            }
            if (request.ExpirationSeconds > LongestToken)
            {
                errors.Invalid(at.Child("expirationSeconds"), request.ExpirationSeconds, "may not specify a duration larger than 2^32 seconds");
            }
        }
    }
}
