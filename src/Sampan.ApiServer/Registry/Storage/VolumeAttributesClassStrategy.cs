using Sampan.Api;
using Sampan.Api.Storage.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Storage;

/// <summary>Volume attributes classes: nothing of them changes.</summary>
internal sealed class VolumeAttributesClassStrategy : Strategy<VolumeAttributesClass>
{
    public override bool ReturnDeletedObject => true;

    protected override void Validate(WriteContext context, VolumeAttributesClass attributes, FieldErrors errors)
    {
        ClassParameterValidation.Driver(attributes.DriverName, FieldPath.Of("driverName"), errors);
        ClassParameterValidation.Parameters(attributes.Parameters, mayBeEmpty: false, errors);
    }

    protected override void ValidateUpdate(WriteContext context, VolumeAttributesClass attributes, VolumeAttributesClass old, FieldErrors errors)
    {
        if (attributes.DriverName != old.DriverName)
        {
            errors.Forbidden(FieldPath.Of("driverName"), "updates to driverName are forbidden.");
        }
        if (!FieldChecks.AreEqual(attributes.Parameters, old.Parameters))
        {
            errors.Forbidden(FieldPath.Of("parameters"), "updates to parameters are forbidden.");
        }
        Validate(context, attributes, errors);
    }
}
