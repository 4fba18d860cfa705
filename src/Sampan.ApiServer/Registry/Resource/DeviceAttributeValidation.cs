using System.Text.RegularExpressions;
using Sampan.Api;
using Sampan.Api.Resource.V1;

namespace Sampan.ApiServer.Registry.Resource;

/// <summary>Checks of a device's attribute: one value, of one type.</summary>
internal static partial class DeviceAttributeValidation
{
    private const int MaxText = 64;

    public static void Validate(DeviceAttribute attribute, FieldPath path, FieldErrors errors)
    {
        Text(attribute.String, path.Child("string"), errors);
        Version(attribute.Version, path.Child("version"), errors);
        foreach (var (index, text) in attribute.Strings.OrEmpty().Index())
        {
            Text(text, path.Child("strings").Index(index), errors);
        }
        foreach (var (index, text) in attribute.Versions.OrEmpty().Index())
        {
            Version(text, path.Child("versions").Index(index), errors);
        }
        bool[] present =
        [
            attribute.Bool is not null, attribute.Int is not null, attribute.String is not null, attribute.Version is not null,
            attribute.Bools is not null, attribute.Ints is not null, attribute.Strings is not null, attribute.Versions is not null,
        ];
        switch (present.Count(one => one))
        {
            case 0:
                errors.Invalid(path, "", "exactly one value must be specified");
                break;
            case > 1:
                errors.Invalid(path, attribute, "exactly one value must be specified");
                break;
        }
    }

    private static void Text(string? text, FieldPath path, FieldErrors errors)
    {
        if (text?.Length > MaxText)
        {
            errors.TooLong(path, MaxText);
        }
    }

    private static void Version(string? text, FieldPath path, FieldErrors errors)
    {
        if (text is not null && !SemanticVersion().IsMatch(text))
        {
            errors.Invalid(path, text, "must be a string compatible with semver.org spec 2.0.0");
        }
        Text(text, path, errors);
    }

    [GeneratedRegex(
        @"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$",
        RegexOptions.ECMAScript, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SemanticVersion();
}
