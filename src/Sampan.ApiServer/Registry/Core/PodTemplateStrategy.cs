using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Apps;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Pod templates that stand alone.</summary>
internal sealed class PodTemplateStrategy : Strategy<PodTemplate>
{
    public override bool ReturnDeletedObject => true;

    protected override void Default(PodTemplate template) => PodDefaults.ApplyTemplate(template.Template.Spec);

    protected override void PrepareForCreate(WriteContext context, PodTemplate template)
    {
        template.Metadata.Generation = 1;
        PodGates.Apply(template.Template.Spec, null);
    }

    protected override void PrepareForUpdate(WriteContext context, PodTemplate template, PodTemplate old)
    {
        PodGates.Apply(template.Template.Spec, old.Template.Spec);
        if (!template.Template.DeepEquals(old.Template))
        {
            template.Metadata.Generation = old.Metadata.Generation + 1;
        }
    }

    protected override IEnumerable<string> Warnings(WriteContext context, PodTemplate template, PodTemplate? old) =>
        WorkloadWarnings.OfTemplate(template, old, template.Template, FieldPath.Of("template"));

    protected override void Validate(WriteContext context, PodTemplate template, FieldErrors errors) =>
        WorkloadValidation.Template(template.Template, null, FieldPath.Of("template"), errors);

    protected override void ValidateUpdate(WriteContext context, PodTemplate template, PodTemplate old, FieldErrors errors) =>
        WorkloadValidation.Template(template.Template, old.Template, FieldPath.Of("template"), errors);
}
