using Sampan.Api;

namespace Sampan.ApiServer.Registry.Validation;

/// <summary>Checks of single fields that many kinds share. Upstream: apimachinery/pkg/api/validation, util/validation.</summary>
internal static class FieldChecks
{
    public const string Immutable = "field is immutable";

    private const int MaxDriverName = 63;

    private const string HttpPath = @"[A-Za-z0-9/\-._~%!$&'()*+,;=:]+";

    public static void NotNegative(FieldPath path, long? value, FieldErrors errors)
    {
        if (value is < 0)
        {
            errors.Invalid(path, value, "must be greater than or equal to 0");
        }
    }

    public static void Same<T>(FieldPath path, T? value, T? old, FieldErrors errors)
        where T : class, IApiType<T>
    {
        if (!AreEqual(value, old))
        {
            errors.Invalid(path, value, Immutable);
        }
    }

    public static void Same(FieldPath path, string? value, string? old, FieldErrors errors)
    {
        if ((value ?? "") != (old ?? ""))
        {
            errors.Invalid(path, value ?? "", Immutable);
        }
    }

    public static void SameValue<T>(FieldPath path, T? value, T? old, FieldErrors errors)
        where T : struct, IEquatable<T>
    {
        if (!EqualityComparer<T?>.Default.Equals(value, old))
        {
            errors.Invalid(path, value, Immutable);
        }
    }

    public static bool AreEqual<T>(T? a, T? b)
        where T : class, IApiType<T> => a is null ? b is null : a.DeepEquals(b);

    public static bool AreEqual<T>(List<T>? a, List<T>? b)
        where T : class, IApiType<T> =>
        a.OrEmpty().Count == b.OrEmpty().Count && a.OrEmpty().Zip(b.OrEmpty()).All(pair => pair.First.DeepEquals(pair.Second));

    public static bool AreEqual(Dictionary<string, string>? a, Dictionary<string, string>? b) =>
        a.OrEmpty().Count == b.OrEmpty().Count && a.OrEmpty().All(one => b.OrEmpty().TryGetValue(one.Key, out var value) && value == one.Value);

    /// <summary>One of the supported values; absent is somebody else's matter.</summary>
    public static void OneOf(FieldPath path, string? value, FieldErrors errors, params string[] supported)
    {
        if (value is not null && !supported.Contains(value))
        {
            errors.NotSupported(path, value, supported);
        }
    }

    /// <summary>One of the supported values, which must be there.</summary>
    public static void RequiredOneOf(FieldPath path, string? value, FieldErrors errors, params string[] supported)
    {
        if (string.IsNullOrEmpty(value))
        {
            errors.Required(path);
        }
        else
        {
            OneOf(path, value, errors, supported);
        }
    }

    public static void Required(FieldPath path, string? value, FieldErrors errors, string detail = "")
    {
        if (string.IsNullOrEmpty(value))
        {
            errors.Required(path, detail);
        }
    }

    /// <summary>A name that must be there and be one segment of a path.</summary>
    public static void RequiredSegment(FieldPath path, string? value, FieldErrors errors, string detail = "")
    {
        if (string.IsNullOrEmpty(value))
        {
            errors.Required(path, detail);
        }
        else
        {
            errors.Invalid(path, value, Names.IsPathSegmentName(value));
        }
    }

    /// <summary>acme.io/foo: a domain, a slash and a path.</summary>
    public static void DomainPrefixedPath(FieldPath path, string value, FieldErrors errors)
    {
        if (value.Length == 0)
        {
            errors.Required(path);
            return;
        }
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == value.Length - 1)
        {
            errors.Invalid(path, value, "must be a domain-prefixed path (such as \"acme.io/foo\")");
            return;
        }
        errors.Invalid(path, value[..slash], Names.IsDns1123Subdomain(value[..slash]));
        var rest = value[(slash + 1)..];
        if (!rest.All(c => char.IsAsciiLetterOrDigit(c) || @"/-._~%!$&'()*+,;=:".Contains(c, StringComparison.Ordinal)))
        {
            errors.Invalid(path, rest, Names.Mismatch("Invalid path", HttpPath));
        }
    }

    /// <summary>A domain of three segments or more: names of webhooks.</summary>
    public static void FullyQualifiedName(FieldPath path, string value, FieldErrors errors)
    {
        if (value.Length == 0)
        {
            errors.Required(path);
            return;
        }
        if (Names.IsDns1123Subdomain(value) is { Count: > 0 } wrong)
        {
            errors.Invalid(path, value, string.Join(',', wrong));
        }
        else if (value.Split('.').Length < 3)
        {
            errors.Invalid(path, value, "should be a domain with at least three segments separated by dots");
        }
    }

    /// <summary>A domain of two labels or more, which may end in a dot.</summary>
    public static void FullyQualifiedDomain(FieldPath path, string value, FieldErrors errors)
    {
        var name = value.EndsWith('.') ? value[..^1] : value;
        if (value.Length == 0)
        {
            errors.Required(path);
        }
        else if (Names.IsDns1123Subdomain(name) is { Count: > 0 } wrong)
        {
            errors.Invalid(path, name, string.Join(',', wrong));
        }
        else if (name.Split('.').Length < 2)
        {
            errors.Invalid(path, name, "should be a domain with at least two segments separated by dots");
        }
        else
        {
            foreach (var label in name.Split('.').Where(label => Names.IsDns1123Label(label).Count > 0))
            {
                errors.Invalid(path, label, string.Join(',', Names.IsDns1123Label(label)));
            }
        }
    }

    /// <summary>The name of a CSI or device driver: a DNS name in any case.</summary>
    public static void DriverName(FieldPath path, string value, FieldErrors errors)
    {
        Required(path, value, errors);
        if (value.Length > MaxDriverName)
        {
            errors.TooLong(path, MaxDriverName);
        }
        errors.Invalid(path, value, Names.IsDns1123Subdomain(value.ToLowerInvariant()));
    }
}
