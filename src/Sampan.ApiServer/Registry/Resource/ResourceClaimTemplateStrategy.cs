using Sampan.Api;
using Sampan.Api.Resource.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Resource;

/// <summary>Templates of claims: they never change.</summary>
internal sealed class ResourceClaimTemplateStrategy : Strategy<ResourceClaimTemplate>
{
    public override bool ReturnDeletedObject => true;

    protected override void Default(ResourceClaimTemplate template) => DeviceClaimDefaults.Apply(template.Spec.Spec.Devices);

    protected override void Validate(WriteContext context, ResourceClaimTemplate template, FieldErrors errors)
    {
        var path = FieldPath.Of("spec");
        ObjectMetaValidation.ValidateTemplate(template.Spec.Metadata, path.Child("metadata"), errors);
        new DeviceClaimValidation(template.Spec.Spec.Devices, errors).Validate(path.Child("spec").Child("devices"));
    }

    protected override void ValidateUpdate(WriteContext context, ResourceClaimTemplate template, ResourceClaimTemplate old, FieldErrors errors) =>
        FieldChecks.Same(FieldPath.Of("spec"), template.Spec, old.Spec, errors);
}
