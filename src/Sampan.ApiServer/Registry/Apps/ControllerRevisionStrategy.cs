using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Apps;

/// <summary>Controller revisions: what they record never changes.</summary>
internal sealed class ControllerRevisionStrategy : Strategy<ControllerRevision>
{
    protected override void Validate(WriteContext context, ControllerRevision revision, FieldErrors errors)
    {
        if (revision.Data.IsEmpty)
        {
            errors.Required(FieldPath.Of("data"), "data is mandatory");
        }
        FieldChecks.NotNegative(FieldPath.Of("revision"), revision.Revision, errors);
    }

    protected override void ValidateUpdate(WriteContext context, ControllerRevision revision, ControllerRevision old, FieldErrors errors)
    {
        Validate(context, revision, errors);
        if (revision.Data != old.Data)
        {
            errors.Invalid(FieldPath.Of("data"), revision.Data, FieldChecks.Immutable);
        }
    }
}
