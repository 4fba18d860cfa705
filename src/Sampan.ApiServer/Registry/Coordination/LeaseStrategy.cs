using Sampan.Api;
using Sampan.Api.Coordination.V1;

namespace Sampan.ApiServer.Registry.Coordination;

/// <summary>Leases.</summary>
internal sealed class LeaseStrategy : Strategy<Lease>
{
    public override bool AllowsBareFinalizers => true;

    public override bool AllowCreateOnUpdate => true;

    public override bool AllowUnconditionalUpdate => false;

    protected override void Validate(WriteContext context, Lease lease, FieldErrors errors)
    {
        var (spec, path) = (lease.Spec, FieldPath.Of("spec"));
        if (spec.LeaseDurationSeconds is <= 0)
        {
            errors.Invalid(path.Child("leaseDurationSeconds"), spec.LeaseDurationSeconds, "must be greater than 0");
        }
        if (spec.LeaseTransitions is < 0)
        {
            errors.Invalid(path.Child("leaseTransitions"), spec.LeaseTransitions, "must be greater than or equal to 0");
        }
    }
}
