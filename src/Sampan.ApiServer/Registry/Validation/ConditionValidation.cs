using System.Text;
using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Registry.Validation;

/// <summary>Checks of conditions of the common form. Upstream: apimachinery/pkg/apis/meta/v1/validation.</summary>
internal static class ConditionValidation
{
    private const int MaxReason = 1024;
    private const int MaxMessage = 32 * 1024;
    private const string ReasonForm = "[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?";
    private const string ReasonText =
        "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', "
        + "and must end with an alphanumeric character or '_'";

    public static void Validate(List<Condition>? conditions, FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<string>();
        foreach (var (index, condition) in conditions.OrEmpty().Index())
        {
            if (!seen.Add(condition.Type))
            {
                errors.Duplicate(path.Index(index).Child("type"), condition.Type);
            }
            ValidateOne(condition, path.Index(index), errors);
        }
    }

    private static void ValidateOne(Condition condition, FieldPath path, FieldErrors errors)
    {
        errors.Invalid(path.Child("type"), condition.Type, Names.IsQualifiedName(condition.Type));
        FieldChecks.OneOf(path.Child("status"), condition.Status, errors, "False", "True", "Unknown");
        if (condition.ObservedGeneration < 0)
        {
            errors.Invalid(path.Child("observedGeneration"), condition.ObservedGeneration, "must be greater than or equal to zero");
        }
        if (condition.LastTransitionTime is not { IsZero: false })
        {
            errors.Required(path.Child("lastTransitionTime"), "must be set");
        }
        if (condition.Reason.Length == 0)
        {
            errors.Required(path.Child("reason"), "must be set");
        }
        else if (!IsReason(condition.Reason))
        {
            errors.Invalid(
                path.Child("reason"), condition.Reason,
                Names.Mismatch(ReasonText, ReasonForm, "my_name", "MY_NAME", "MyName", "ReasonA,ReasonB", "ReasonA:ReasonB"));
        }
        if (condition.Reason.Length > MaxReason)
        {
            errors.TooLong(path.Child("reason"), MaxReason);
        }
        if (Encoding.UTF8.GetByteCount(condition.Message) > MaxMessage)
        {
            errors.TooLong(path.Child("message"), MaxMessage);
        }
    }

    private static bool IsReason(string text) =>
        char.IsAsciiLetter(text[0]) && text[^1] is not (',' or ':')
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or ',' or ':');
}
