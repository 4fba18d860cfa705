using Sampan.Api;
using Sampan.Api.AdmissionRegistration.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.AdmissionRegistration;

/// <summary>Checks of the conditions under which admission looks at a request.</summary>
internal static class MatchConditionValidation
{
    private const int Max = 64;

    public static void Validate(List<MatchCondition>? conditions, FieldPath path, FieldErrors errors)
    {
        if (conditions.OrEmpty().Count > Max)
        {
            errors.TooMany(path, conditions!.Count, Max);
        }
        var names = new HashSet<string>();
        foreach (var (index, condition) in conditions.OrEmpty().Index())
        {
            var at = path.Index(index);
            FieldChecks.Required(at.Child("expression"), condition.Expression.Trim(), errors);
            FieldChecks.Required(at.Child("name"), condition.Name, errors);
            if (condition.Name.Length == 0)
            {
                continue;
            }
            errors.Invalid(at.Child("name"), condition.Name, Names.IsQualifiedName(condition.Name));
            if (!names.Add(condition.Name))
            {
                errors.Duplicate(at.Child("name"), condition.Name);
            }
        }
    }
}
