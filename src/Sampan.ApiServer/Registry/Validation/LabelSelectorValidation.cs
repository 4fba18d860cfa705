using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Registry.Validation;

/// <summary>Checks of label selectors in objects.</summary>
internal static class LabelSelectorValidation
{
    /// <param name="old">The selectors before an update; when one had values that no label can have, values are not looked at.</param>
    public static void Validate(LabelSelector? selector, FieldPath path, FieldErrors errors, params IEnumerable<LabelSelector?> old)
    {
        var checkValues = !old.Any(HasInvalidValue);
        ObjectMetaValidation.ValidateLabels(selector?.MatchLabels, path.Child("matchLabels"), errors);
        foreach (var (index, requirement) in (selector?.MatchExpressions).OrEmpty().Index())
        {
            Validate(requirement, path.Child("matchExpressions").Index(index), errors, checkValues: checkValues);
        }
    }

    private static bool HasInvalidValue(LabelSelector? selector) =>
        (selector?.MatchExpressions).OrEmpty().SelectMany(one => one.Values.OrEmpty()).Any(value => Names.IsLabelValue(value).Count > 0);

    /// <summary>One requirement of a selector; those of a newer client may have operators that are not known here.</summary>
    public static void Validate(LabelSelectorRequirement requirement, FieldPath path, FieldErrors errors, bool allowUnknownOperator = false, bool checkValues = true)
    {
        var values = requirement.Values.OrEmpty();
        ValidateOperator(requirement.Operator, values, path, errors, allowUnknownOperator);
        errors.Invalid(path.Child("key"), requirement.Key, Names.IsQualifiedName(requirement.Key));
        foreach (var (index, value) in checkValues ? values.Index() : [])
        {
            errors.Invalid(path.Child("values").Index(index), value, Names.IsLabelValue(value));
        }
    }

    /// <summary>In and NotIn need values, Exists and DoesNotExist have none.</summary>
    public static void ValidateOperator(string? op, IReadOnlyList<string> values, FieldPath path, FieldErrors errors, bool allowUnknown)
    {
        switch (op)
        {
            case "In" or "NotIn" when values.Count == 0:
                errors.Required(path.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                break;
            case "Exists" or "DoesNotExist" when values.Count > 0:
                errors.Forbidden(path.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                break;
            case not ("In" or "NotIn" or "Exists" or "DoesNotExist") when !allowUnknown:
                errors.Invalid(path.Child("operator"), op, "not a valid selector operator");
                break;
        }
    }
}
