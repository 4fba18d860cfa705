using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Registry.Validation;

/// <summary>Checks of label selectors in objects.</summary>
internal static class LabelSelectorValidation
{
    public static void Validate(LabelSelector? selector, FieldPath path, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateLabels(selector?.MatchLabels, path.Child("matchLabels"), errors);
        foreach (var (index, requirement) in (selector?.MatchExpressions).OrEmpty().Index())
        {
            Validate(requirement, path.Child("matchExpressions").Index(index), errors);
        }
    }

    private static void Validate(LabelSelectorRequirement requirement, FieldPath path, FieldErrors errors)
    {
        var values = requirement.Values.OrEmpty();
        switch (requirement.Operator)
        {
            case "In" or "NotIn":
                if (values.Count == 0)
                {
                    errors.Required(path.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                }
                break;
            case "Exists" or "DoesNotExist":
                if (values.Count > 0)
                {
                    errors.Forbidden(path.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
                break;
            default:
                errors.Invalid(path.Child("operator"), requirement.Operator, "not a valid selector operator");
                break;
        }
        errors.Invalid(path.Child("key"), requirement.Key, Names.IsQualifiedName(requirement.Key));
        foreach (var (index, value) in values.Index())
        {
            errors.Invalid(path.Child("values").Index(index), value, Names.IsLabelValue(value));
        }
    }
}
