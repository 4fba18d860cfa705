using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of the keys whose values the pod's own labels give to a selector. Upstream: validateMatchLabelKeysAndMismatchLabelKeys.</summary>
internal static class MatchLabelKeysValidation
{
    public static void Validate(
        List<string>? match, List<string>? mismatch, LabelSelector? selector, IReadOnlyDictionary<string, string>? labels, FieldPath path,
        FieldErrors errors)
    {
        Keys(match, selector, path.Child("matchLabelKeys"), errors);
        Keys(mismatch, selector, path.Child("mismatchLabelKeys"), errors);
        foreach (var (index, key) in match.OrEmpty().Index())
        {
            if (IsSelectedTwice(key, selector, labels))
            {
                errors.Invalid(path.Index(index), key, "exists in both matchLabelKeys and labelSelector");
            }
        }
        foreach (var (index, key) in match.OrEmpty().Index())
        {
            if (mismatch.OrEmpty().Contains(key))
            {
                errors.Invalid(path.Child("matchLabelKeys").Index(index), key, "exists in both matchLabelKeys and mismatchLabelKeys");
            }
        }
    }

    private static void Keys(List<string>? keys, LabelSelector? selector, FieldPath path, FieldErrors errors)
    {
        if (selector is null && keys.OrEmpty().Count > 0)
        {
            errors.Forbidden(path, "must not be specified when labelSelector is not set");
            return;
        }
        foreach (var (index, key) in keys.OrEmpty().Index())
        {
            errors.Invalid(path.Index(index), key, Names.IsQualifiedName(key));
        }
    }

    /// <summary>A label that the pod has is one more requirement of the selector.</summary>
    private static bool IsSelectedTwice(string key, LabelSelector? selector, IReadOnlyDictionary<string, string>? labels)
    {
        var named = (selector?.MatchExpressions).OrEmpty().Count(expression => expression.Key == key);
        if ((selector?.MatchLabels).OrEmpty().ContainsKey(key))
        {
            named++;
        }
        return named > (labels?.ContainsKey(key) == true ? 0 : 1);
    }
}
