using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of the keys whose values the pod's own labels give to a selector. Upstream: validateMatchLabelKeysAndMismatchLabelKeys.</summary>
internal static class MatchLabelKeysValidation
{
    public static void Validate(List<string>? match, List<string>? mismatch, LabelSelector? selector, FieldPath path, FieldErrors errors)
    {
        Keys(match, selector, path.Child("matchLabelKeys"), errors);
        Keys(mismatch, selector, path.Child("mismatchLabelKeys"), errors);
        SelectedTwice(match.OrEmpty(), selector, path, errors);
        var others = mismatch.OrEmpty().ToHashSet();
        foreach (var (index, key) in match.OrEmpty().Index())
        {
            if (others.Contains(key))
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

    /// <summary>The selector of a pod holds the requirements of its keys already, once; another one is the author's own.</summary>
    private static void SelectedTwice(IReadOnlyList<string> match, LabelSelector? selector, FieldPath path, FieldErrors errors)
    {
        var seen = (selector?.MatchLabels).OrEmpty().Keys.ToHashSet();
        var last = new Dictionary<string, int>();
        foreach (var (index, key) in match.Index())
        {
            last[key] = index;
        }
        foreach (var expression in (selector?.MatchExpressions).OrEmpty())
        {
            if (!seen.Add(expression.Key) && last.TryGetValue(expression.Key, out var index))
            {
                errors.Invalid(path.Index(index), expression.Key, "exists in both matchLabelKeys and labelSelector");
            }
        }
    }
}
