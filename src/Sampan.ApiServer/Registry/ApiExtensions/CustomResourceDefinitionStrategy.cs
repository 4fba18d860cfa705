using Sampan.Api;
using Sampan.Api.ApiExtensions.V1;

namespace Sampan.ApiServer.Registry.ApiExtensions;

/// <summary>Custom resource definitions. The status remembers every version that objects may be stored in.</summary>
internal sealed class CustomResourceDefinitionStrategy() : SpecStatusStrategy<CustomResourceDefinition>(Parts)
{
    private static readonly SpecStatus<CustomResourceDefinition> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        definition => definition.Status = new CustomResourceDefinitionStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec));

    public override bool AllowsBareFinalizers => true;

    public override bool AllowUnconditionalUpdate => false;

    protected override void Default(CustomResourceDefinition definition)
    {
        var spec = definition.Spec;
        if (string.IsNullOrEmpty(spec.Names.Singular))
        {
            spec.Names.Singular = spec.Names.Kind.ToLowerInvariant();
        }
        if (string.IsNullOrEmpty(spec.Names.ListKind) && spec.Names.Kind.Length > 0)
        {
            spec.Names.ListKind = $"{spec.Names.Kind}List";
        }
        spec.Conversion ??= new CustomResourceConversion { Strategy = "None" };
        if (spec.Conversion.Webhook?.ClientConfig?.Service is { } service)
        {
            service.Port ??= 443;
        }
    }

    protected override void PrepareSpecForCreate(WriteContext context, CustomResourceDefinition definition) => RememberStorage(definition);

    protected override void PrepareSpecForUpdate(WriteContext context, CustomResourceDefinition definition, CustomResourceDefinition old)
    {
        if (!definition.Spec.Versions.Where(version => version.Storage).All(version => old.Status.StoredVersions.OrEmpty().Contains(version.Name)))
        {
            definition.Status = old.Status.DeepClone();
            RememberStorage(definition);
        }
    }

    protected override void Validate(WriteContext context, CustomResourceDefinition definition, FieldErrors errors) =>
        DefinitionValidation.Validate(definition, null, errors);

    protected override void ValidateUpdate(
        WriteContext context, CustomResourceDefinition definition, CustomResourceDefinition old, FieldErrors errors) =>
        DefinitionValidation.Validate(definition, old, errors);

    protected override void ValidateStatusUpdate(
        WriteContext context, CustomResourceDefinition definition, CustomResourceDefinition old, FieldErrors errors) =>
        DefinitionNamesValidation.Validate(definition.Status.AcceptedNames, FieldPath.Of("status").Child("acceptedNames"), errors);

    private static void RememberStorage(CustomResourceDefinition definition)
    {
        var stored = definition.Status.StoredVersions ??= [];
        stored.AddRange(definition.Spec.Versions.Where(version => version.Storage).Select(version => version.Name).Except(stored).ToList());
    }
}
