using Sampan.Api;
using Sampan.Api.Authorization.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Authorization.Reviews;

/// <summary>The selectors of an access review: each as a text or as requirements, whose operators may be newer than this server.</summary>
internal static class AccessSelectorValidation
{
    public static void Validate(ResourceAttributes? attributes, FieldPath path, FieldErrors errors)
    {
        if (attributes?.FieldSelector is { } fields)
        {
            ValidateForm(fields.RawSelector, fields.Requirements.OrEmpty().Count, path.Child("fieldSelector"), errors);
            foreach (var (index, requirement) in fields.Requirements.OrEmpty().Index())
            {
                var at = path.Child("fieldSelector").Child("requirements").Index(index);
                FieldChecks.Required(at.Child("key"), requirement.Key, errors, "must be specified");
                LabelSelectorValidation.ValidateOperator(requirement.Operator, requirement.Values.OrEmpty(), at, errors, allowUnknown: true);
            }
        }
        if (attributes?.LabelSelector is { } labels)
        {
            ValidateForm(labels.RawSelector, labels.Requirements.OrEmpty().Count, path.Child("labelSelector"), errors);
            foreach (var (index, requirement) in labels.Requirements.OrEmpty().Index())
            {
                LabelSelectorValidation.Validate(
                    requirement, path.Child("labelSelector").Child("requirements").Index(index), errors, allowUnknownOperator: true);
            }
        }
    }

    private static void ValidateForm(string? text, int requirements, FieldPath path, FieldErrors errors)
    {
        if (!string.IsNullOrEmpty(text) && requirements > 0)
        {
            errors.Invalid(path.Child("rawSelector"), text, "may not specified at the same time as requirements");
        }
        if (string.IsNullOrEmpty(text) && requirements == 0)
        {
            errors.Required(path.Child("requirements"), $"when {path} is specified, requirements or rawSelector is required");
        }
    }
}
