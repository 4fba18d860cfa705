using Sampan.Api;
using Sampan.Api.Coordination.V1;

namespace Sampan.ApiServer.Registry.Coordination;

/// <summary>Leases.</summary>
internal sealed class LeaseStrategy : Strategy<Lease>
{
    public override bool AllowCreateOnUpdate => true;

    public override bool AllowUnconditionalUpdate => false;

    protected override void Validate(WriteContext context, Lease lease, FieldErrors errors)
    {
        var path = FieldPath.Of("spec");
        if (lease.Spec.LeaseDurationSeconds is { } seconds and <= 0)
        {
            errors.Invalid(path.Child("leaseDurationSeconds"), seconds, "must be greater than 0");
        }
        if (lease.Spec.LeaseTransitions is { } transitions and < 0)
        {
            errors.Invalid(path.Child("leaseTransitions"), transitions, "must be greater than or equal to 0");
        }
        if (lease.Spec.PreferredHolder is { Length: > 0 } && string.IsNullOrEmpty(lease.Spec.Strategy))
        {
            errors.Forbidden(path.Child("preferredHolder"), "may only be specified if `strategy` is defined");
        }
    }
}
