namespace Sampan.Api;

/// <summary>The rules for names, keys and values. Each check answers what is wrong, an empty list when nothing is.</summary>
public static class Names
{
    public const int Dns1123LabelMaxLength = 63;
    public const int Dns1123SubdomainMaxLength = 253;
    public const int LabelValueMaxLength = 63;

    private const string LabelFormat = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string SubdomainFormat = LabelFormat + "(\\." + LabelFormat + ")*";
    private const string Dns1035Format = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private const string QualifiedFormat = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

    private const string QualifiedRule =
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

    public static IReadOnlyList<string> IsDns1123Label(string value)
    {
        List<string> errors = [];
        CheckLength(errors, value, Dns1123LabelMaxLength);
        if (!NameShapes.IsLabel(value))
        {
            errors.Add(NameShapes.IsSubdomain(value) ? "must not contain dots" : Mismatch(
                "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
                LabelFormat, "my-name", "123-abc"));
        }

        return errors;
    }

    public static IReadOnlyList<string> IsDns1123Subdomain(string value)
    {
        List<string> errors = [];
        CheckLength(errors, value, Dns1123SubdomainMaxLength);
        if (!NameShapes.IsSubdomain(value))
        {
            errors.Add(Mismatch(
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
                SubdomainFormat, "example.com"));
        }

        return errors;
    }

    /// <summary>A subdomain whose first label is "*".</summary>
    public static IReadOnlyList<string> IsWildcardDns1123Subdomain(string value)
    {
        List<string> errors = [];
        CheckLength(errors, value, Dns1123SubdomainMaxLength);
        if (!value.StartsWith("*.", StringComparison.Ordinal) || !NameShapes.IsSubdomain(value.AsSpan(2)))
        {
            errors.Add(Mismatch(
                "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
                "\\*\\." + SubdomainFormat, "*.example.com"));
        }

        return errors;
    }

    public static IReadOnlyList<string> IsDns1035Label(string value)
    {
        List<string> errors = [];
        CheckLength(errors, value, Dns1123LabelMaxLength);
        if (!NameShapes.IsLabel(value) || !char.IsAsciiLetterLower(value[0]))
        {
            errors.Add(Mismatch(
                "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
                Dns1035Format, "my-name", "abc-123"));
        }

        return errors;
    }

    /// <summary>A label or annotation key, a condition type, a finalizer: a name with an optional DNS prefix.</summary>
    public static IReadOnlyList<string> IsQualifiedName(string value)
    {
        List<string> errors = [];
        int slash = value.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && value.IndexOf('/', slash + 1) >= 0)
        {
            errors.Add("a valid label key " + Mismatch(QualifiedRule, QualifiedFormat, "MyName", "my.name", "123-abc")
                + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
            return errors;
        }

        if (slash == 0)
        {
            errors.Add("prefix part must be non-empty");
        }
        else if (slash > 0)
        {
            foreach (string error in IsDns1123Subdomain(value[..slash]))
            {
                errors.Add("prefix part " + error);
            }
        }

        CheckNamePart(errors, slash < 0 ? value : value[(slash + 1)..]);
        return errors;
    }

    public static IReadOnlyList<string> IsLabelValue(string value)
    {
        List<string> errors = [];
        CheckLength(errors, value, LabelValueMaxLength);
        if (value.Length > 0 && !NameShapes.IsQualified(value))
        {
            errors.Add(Mismatch(
                "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
                $"({QualifiedFormat})?", "MyValue", "my_value", "12345"));
        }

        return errors;
    }

    public static IReadOnlyList<string> IsConfigMapKey(string value)
    {
        List<string> errors = [];
        CheckLength(errors, value, Dns1123SubdomainMaxLength);
        if (!NameShapes.IsConfigMapKey(value))
        {
            errors.Add(Mismatch(
                "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
                "[-._a-zA-Z0-9]+", "key.name", "KEY_NAME", "key-name"));
        }

        CheckDots(errors, value);
        return errors;
    }

    /// <summary>Any printable ASCII without "=".</summary>
    public static IReadOnlyList<string> IsEnvVarName(string value)
    {
        if (value.Length == 0)
        {
            return ["environment variable name must be non-empty"];
        }

        return value.AsSpan().ContainsAnyExceptInRange(' ', '~') || value.Contains('=', StringComparison.Ordinal)
            ? ["a valid environment variable name must consist only of printable ASCII characters other than '='"]
            : [];
    }

    /// <summary>The name of a port: an IANA service name.</summary>
    public static IReadOnlyList<string> IsPortName(string value)
    {
        List<string> errors = [];
        CheckLength(errors, value, 15);
        if (!NameShapes.IsPortNameShaped(value))
        {
            errors.Add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }

        if (!value.AsSpan().ContainsAnyInRange('a', 'z'))
        {
            errors.Add("must contain at least one letter (a-z)");
        }

        if (value.Contains("--", StringComparison.Ordinal))
        {
            errors.Add("must not contain consecutive hyphens");
        }

        if (value.StartsWith('-') || value.EndsWith('-'))
        {
            errors.Add("must not begin or end with a hyphen");
        }

        return errors;
    }

    public static IReadOnlyList<string> IsPortNumber(int value) => IsInRange(value, 1, 65535);

    public static IReadOnlyList<string> IsInRange(long value, long min, long max) =>
        value >= min && value <= max ? [] : [$"must be between {min} and {max}, inclusive"];

    public static IReadOnlyList<string> IsPercent(string value) =>
        value.Length > 1 && value[^1] == '%' && !value.AsSpan(0, value.Length - 1).ContainsAnyExceptInRange('0', '9')
            ? []
            : [Mismatch("a valid percent string must be a numeric string followed by an ending '%'", "[0-9]+%", "1%", "93%")];

    public static IReadOnlyList<string> IsHttpHeaderName(string value) => NameShapes.IsHttpHeaderName(value)
        ? []
        : [Mismatch("a valid HTTP header must consist of alphanumeric characters or '-'", "[-A-Za-z0-9]+", "X-Header-Name")];

    /// <summary>An object's name that becomes a segment of a URL.</summary>
    public static IReadOnlyList<string> IsPathSegmentName(string value)
    {
        if (value is "." or "..")
        {
            return [$"may not be '{value}'"];
        }

        return [.. "/%".Where(part => value.Contains(part, StringComparison.Ordinal)).Select(part => $"may not contain '{part}'")];
    }

    public static string MaxLengthError(int length) => $"must be no more than {length} bytes";

    /// <summary>The message for a value that does not have a pattern's shape.</summary>
    public static string Mismatch(string message, string format, params ReadOnlySpan<string> examples)
    {
        if (examples.Length == 0)
        {
            return $"{message} (regex used for validation is '{format}')";
        }

        string[] quoted = new string[examples.Length];
        for (int i = 0; i < examples.Length; i++)
        {
            quoted[i] = $"'{examples[i]}', ";
        }

        return $"{message} (e.g. {string.Join(" or ", quoted)}regex used for validation is '{format}')";
    }

    private static void CheckNamePart(List<string> errors, string name)
    {
        if (name.Length == 0)
        {
            errors.Add("name part must be non-empty");
        }
        else
        {
            CheckLength(errors, name, LabelValueMaxLength, "name part ");
        }

        if (!NameShapes.IsQualified(name))
        {
            errors.Add("name part " + Mismatch(QualifiedRule, QualifiedFormat, "MyName", "my.name", "123-abc"));
        }
    }

    private static void CheckLength(List<string> errors, string value, int max, string prefix = "")
    {
        if (System.Text.Encoding.UTF8.GetByteCount(value) > max)
        {
            errors.Add(prefix + MaxLengthError(max));
        }
    }

    private static void CheckDots(List<string> errors, string value)
    {
        if (value is "." or "..")
        {
            errors.Add($"must not be '{value}'");
        }
        else if (value.StartsWith("..", StringComparison.Ordinal))
        {
            errors.Add("must not start with '..'");
        }
    }
}
