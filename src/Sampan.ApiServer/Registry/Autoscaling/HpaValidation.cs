using Sampan.Api;

namespace Sampan.ApiServer.Registry.Autoscaling;

/// <summary>Checks that both versions of autoscalers share.</summary>
internal static class HpaValidation
{
    public static void Validate(string kind, string name, int? min, int max, FieldErrors errors)
    {
        var path = FieldPath.Of("spec");
        if (min < 1)
        {
            errors.Invalid(path.Child("minReplicas"), min, "must be greater than or equal to 1");
        }
        if (max < 1)
        {
            errors.Invalid(path.Child("maxReplicas"), max, "must be greater than 0");
        }
        if (max < (min ?? 1))
        {
            errors.Invalid(path.Child("maxReplicas"), max, "must be greater than or equal to `minReplicas`");
        }
        if (kind.Length == 0)
        {
            errors.Required(path.Child("scaleTargetRef").Child("kind"));
        }
        if (name.Length == 0)
        {
            errors.Required(path.Child("scaleTargetRef").Child("name"));
        }
    }
}
