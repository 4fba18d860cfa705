using Sampan.Api;
using Sampan.Api.FlowControl.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.FlowControl;

/// <summary>Flow schemas.</summary>
internal sealed class FlowSchemaStrategy() : SpecStatusStrategy<FlowSchema>(Parts)
{
    private const int DefaultPrecedence = 1000;
    private const int MaxPrecedence = 10000;

    private static readonly SpecStatus<FlowSchema> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        schema => schema.Status = new FlowSchemaStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec))
    {
        StatusKeepsMetadata = true,
    };

    protected override void Default(FlowSchema schema)
    {
        if (schema.Spec.MatchingPrecedence == 0)
        {
            schema.Spec.MatchingPrecedence = DefaultPrecedence;
        }
    }

    protected override void Validate(WriteContext context, FlowSchema schema, FieldErrors errors)
    {
        var (spec, path) = (schema.Spec, FieldPath.Of("spec"));
        ValidatePrecedence(schema, path.Child("matchingPrecedence"), errors);
        if (spec.DistinguisherMethod is { Type: not ("ByNamespace" or "ByUser") } method)
        {
            errors.NotSupported(path.Child("distinguisherMethod").Child("type"), method, "ByNamespace", "ByUser");
        }
        var level = path.Child("priorityLevelConfiguration").Child("name");
        FieldChecks.Required(level, spec.PriorityLevelConfiguration.Name, errors, "must reference a priority level");
        if (spec.PriorityLevelConfiguration.Name.Length > 0)
        {
            errors.Invalid(level, spec.PriorityLevelConfiguration.Name, Names.IsDns1123Subdomain(spec.PriorityLevelConfiguration.Name));
        }
        foreach (var (index, rule) in spec.Rules.OrEmpty().Index())
        {
            PolicyRuleValidation.Validate(rule, path.Child("rules").Index(index), errors);
        }
        if (BootstrapFlowSchemas.FindMandatory(schema.Metadata.Name) is { } fixedOne && !spec.DeepEquals(fixedOne.Spec))
        {
            errors.Invalid(path, spec, $"spec of '{schema.Metadata.Name}' must equal the fixed value");
        }
    }

    protected override void ValidateStatusUpdate(WriteContext context, FlowSchema schema, FlowSchema old, FieldErrors errors) =>
        PriorityLevelStrategy.ValidateConditions(schema.Status.Conditions.OrEmpty().Select(condition => condition.Type), errors);

    private static void ValidatePrecedence(FlowSchema schema, FieldPath path, FieldErrors errors)
    {
        var precedence = schema.Spec.MatchingPrecedence;
        if (precedence <= 0)
        {
            errors.Invalid(path, precedence, "must be a positive value");
        }
        if (precedence > MaxPrecedence)
        {
            errors.Invalid(path, precedence, $"must not be greater than {MaxPrecedence}");
        }
        if (precedence == 1 && schema.Metadata.Name != "exempt")
        {
            errors.Invalid(path, precedence, "only the schema named 'exempt' may have matchingPrecedence 1");
        }
    }
}
