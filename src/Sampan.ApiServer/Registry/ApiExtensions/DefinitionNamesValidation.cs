using Sampan.Api;
using Sampan.Api.ApiExtensions.V1;

namespace Sampan.ApiServer.Registry.ApiExtensions;

/// <summary>Checks of a definition's names, as far as they are given.</summary>
internal static class DefinitionNamesValidation
{
    public static void Validate(CustomResourceDefinitionNames names, FieldPath path, FieldErrors errors)
    {
        Label(names.Plural, path.Child("plural"), errors);
        Label(names.Singular, path.Child("singular"), errors);
        Kind(names.Kind, path.Child("kind"), errors);
        Kind(names.ListKind, path.Child("listKind"), errors);
        foreach (var (index, name) in names.ShortNames.OrEmpty().Index())
        {
            Label(name, path.Child("shortNames").Index(index), errors, required: true);
        }
        if (names.Kind.Length > 0 && names.Kind == names.ListKind)
        {
            errors.Invalid(path.Child("listKind"), names.ListKind, "kind and listKind may not be the same");
        }
        foreach (var (index, category) in names.Categories.OrEmpty().Index())
        {
            Label(category, path.Child("categories").Index(index), errors, required: true);
        }
    }

    private static void Label(string? name, FieldPath path, FieldErrors errors, bool required = false)
    {
        if ((required || !string.IsNullOrEmpty(name)) && Names.IsDns1035Label(name ?? "") is { Count: > 0 } wrong)
        {
            errors.Invalid(path, name ?? "", string.Join(',', wrong));
        }
    }

    private static void Kind(string? kind, FieldPath path, FieldErrors errors)
    {
        if (kind is { Length: > 0 } && Names.IsDns1035Label(kind.ToLowerInvariant()) is { Count: > 0 } wrong)
        {
            errors.Invalid(path, kind, $"may have mixed case, but should otherwise match: {string.Join(',', wrong)}");
        }
    }
}
