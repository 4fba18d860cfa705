using System.Text;
using System.Text.Json;
using Sampan.Api;
using Sampan.Api.Cel;
using Sampan.Api.Resource;
using Sampan.Api.Resource.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Resource;

/// <summary>Checks that several kinds of the group share. Upstream: pkg/apis/resource/validation.</summary>
internal static class DeviceChecks
{
    public const int MaxSelectors = 32;
    public const int MaxConfigurations = 32;

    private const int MaxPoolName = 253;
    private const int MaxId = 32;
    private const int MaxExpression = 10 * 1024;
    private const int MaxParameters = 10 * 1024;

    private const string IdentifierForm = "[A-Za-z_][A-Za-z0-9_]*";
    private const string IdentifierText =
        "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'";

    /// <summary>A list of limited length, each of whose items is checked.</summary>
    public static void Each<T>(List<T>? items, int max, FieldPath path, FieldErrors errors, Action<T, FieldPath> check)
    {
        if (items.OrEmpty().Count > max)
        {
            errors.TooMany(path, items!.Count, max);
            return;
        }
        foreach (var (index, item) in items.OrEmpty().Index())
        {
            check(item, path.Index(index));
        }
    }

    /// <summary>The same for a list whose items differ in a key.</summary>
    public static void EachOnce<T, TKey>(
        List<T>? items, int max, FieldPath path, FieldErrors errors, Action<T, FieldPath> check, Func<T, TKey> keyOf)
        where TKey : notnull
    {
        Each(items, max, path, errors, check);
        var keys = new HashSet<TKey>();
        foreach (var (index, item) in items.OrEmpty().Count > max ? [] : items.OrEmpty().Index())
        {
            if (!keys.Add(keyOf(item)))
            {
                errors.Duplicate(path.Index(index), keyOf(item));
            }
        }
    }

    public static void Pool(string name, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Required(path);
            return;
        }
        if (name.Length > MaxPoolName)
        {
            errors.TooLong(path, MaxPoolName);
        }
        foreach (var part in name.Split('/'))
        {
            errors.Invalid(path, part, Names.IsDns1123Subdomain(part));
        }
    }

    public static void Label(string name, FieldPath path, FieldErrors errors) => errors.Invalid(path, name, Names.IsDns1123Label(name));

    public static void DeviceClass(string name, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Required(path);
        }
        else
        {
            errors.Invalid(path, name, Names.IsDns1123Subdomain(name));
        }
    }

    public static void Selectors(List<DeviceSelector>? selectors, FieldPath path, FieldErrors errors) =>
        Each(selectors, MaxSelectors, path, errors, (selector, at) =>
        {
            if (selector.Cel is not { } cel)
            {
                errors.Required(at.Child("cel"));
            }
            else
            {
                Expression(cel.Expression, at.Child("cel").Child("expression"), errors);
            }
        });

    public static void Configuration(OpaqueDeviceConfiguration? opaque, FieldPath path, FieldErrors errors)
    {
        if (opaque is null)
        {
            errors.Required(path.Child("opaque"));
            return;
        }
        FieldChecks.DriverName(path.Child("opaque").Child("driver"), opaque.Driver, errors);
        Parameters(opaque.Parameters, path.Child("opaque").Child("parameters"), errors);
    }

    public static void Parameters(RawExtension value, FieldPath path, FieldErrors errors)
    {
        if (value.IsEmpty)
        {
            errors.Required(path);
        }
        else if (value.Raw.Length > MaxParameters)
        {
            errors.TooLong(path, MaxParameters);
        }
        else if (FirstToken(value) != JsonTokenType.StartObject)
        {
            errors.Invalid(path, "<value omitted>", "must be a valid JSON object");
        }
    }

    /// <summary>domain/name, or a name alone in the driver's own domain.</summary>
    public static void QualifiedName(string name, FieldPath path, FieldErrors errors)
    {
        var parts = name.Split('/');
        if (parts.Length > 2)
        {
            errors.Invalid(path, name, "must not contain more than one slash");
            return;
        }
        if (parts.Length == 2 && parts[0].Length == 0)
        {
            errors.Invalid(path, "", "the domain must not be empty");
        }
        else if (parts.Length == 2)
        {
            FieldChecks.DriverName(path, parts[0], errors);
        }
        if (parts.Length == 2 && parts[1].Length == 0)
        {
            errors.Invalid(path, "", "the name must not be empty");
        }
        else
        {
            Identifier(parts[^1], path, errors);
        }
    }

    public static void FullyQualifiedName(string name, FieldPath path, FieldErrors errors)
    {
        QualifiedName(name, path, errors);
        if (!name.Contains('/', StringComparison.Ordinal))
        {
            errors.Invalid(path, name, "a fully qualified name must be a domain and a name separated by a slash");
        }
    }

    public static void Toleration(DeviceToleration toleration, FieldPath path, FieldErrors errors)
    {
        if (toleration.Key is { Length: > 0 } key)
        {
            errors.Invalid(path.Child("key"), key, Names.IsQualifiedName(key));
        }
        switch (toleration.Operator)
        {
            case "Exists" when toleration.Value is { Length: > 0 } value:
                errors.Invalid(path.Child("value"), value, "must be empty for operator `Exists`");
                break;
            case "Equal":
                errors.Invalid(path.Child("value"), toleration.Value ?? "", Names.IsLabelValue(toleration.Value ?? ""));
                if (string.IsNullOrEmpty(toleration.Key))
                {
                    errors.Required(path.Child("key"));
                }
                break;
            case null or "":
                errors.Required(path.Child("operator"));
                break;
            default:
                FieldChecks.OneOf(path.Child("operator"), toleration.Operator, errors, "Equal", "Exists");
                break;
        }
        FieldChecks.OneOf(
            path.Child("effect"), string.IsNullOrEmpty(toleration.Effect) ? null : toleration.Effect, errors, "NoExecute", "NoSchedule", "None");
    }

    private static void Expression(string expression, FieldPath path, FieldErrors errors)
    {
        if (Encoding.UTF8.GetByteCount(expression) > MaxExpression)
        {
            errors.TooLong(path, MaxExpression);
            return;
        }
        try
        {
            if (DeviceExpressions.Compile(expression).MaxCost > DeviceExpressions.MaxCost)
            {
                errors.Forbidden(path, "too complex, exceeds cost limit");
            }
        }
        catch (CelException e)
        {
            errors.Invalid(path, expression, e.Message);
        }
    }

    private static JsonTokenType FirstToken(RawExtension value)
    {
        var reader = new Utf8JsonReader(value.Raw.Span);
        return reader.Read() ? reader.TokenType : JsonTokenType.None;
    }

    private static void Identifier(string text, FieldPath path, FieldErrors errors)
    {
        if (text.Length > MaxId)
        {
            errors.TooLong(path, MaxId);
        }
        var isOne = text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
        if (!isOne)
        {
            errors.Invalid(path, text, Names.Mismatch(IdentifierText, IdentifierForm, "my_name", "MY_NAME", "MyName"));
        }
    }
}
