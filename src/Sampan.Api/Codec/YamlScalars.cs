using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sampan.Api.Codec;

/// <summary>What a YAML scalar means: YAML 1.1 words for booleans and null, numbers in four bases, everything else text.</summary>
internal static class YamlScalars
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    public static JsonNode? ToNode(Scalar scalar)
    {
        string tag = scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific ? "" : scalar.Tag.Value.Replace(TagPrefix, "", StringComparison.Ordinal);
        return tag switch
        {
            "str" => JsonValue.Create(scalar.Value),
            "binary" => JsonValue.Create(FromBase64(scalar)),
            "float" when Resolve(scalar.Value) is JsonValue value && value.TryGetValue(out long whole) => JsonValue.Create((double)whole),
            _ when scalar.Style == ScalarStyle.Plain || (tag.Length > 0 && tag is "int" or "float" or "bool" or "null") => Resolve(scalar.Value),
            _ => JsonValue.Create(scalar.Value),
        };
    }

    /// <summary>What an unquoted scalar stands for.</summary>
    public static JsonNode? Resolve(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => JsonValue.Create(true),
        "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => JsonValue.Create(false),
        _ when char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.' => ResolveNumber(text) ?? JsonValue.Create(text),
        _ => JsonValue.Create(text),
    };

    /// <summary>A mapping's key as a JSON name.</summary>
    public static string ToKey(JsonNode? node, Mark place)
    {
        if (node is not JsonValue value)
        {
            throw new YamlException(place, place, node is null ? "unsupported map key of type: <nil>" : "invalid map key");
        }

        return value.TryGetValue(out string? text) ? text
            : value.TryGetValue(out bool flag) ? flag ? "true" : "false"
            : value.TryGetValue(out long whole) ? whole.ToString(CultureInfo.InvariantCulture)
            : value.ToJsonString();
    }

    private static string FromBase64(Scalar scalar)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(scalar.Value));
        }
        catch (FormatException)
        {
            throw new YamlException(scalar.Start, scalar.End, "!!binary value contains invalid base64 data");
        }
    }

    private static JsonValue? ResolveNumber(string text)
    {
        string plain = text.Replace("_", "", StringComparison.Ordinal);
        bool negative = plain.StartsWith('-');
        string digits = plain.Length > 0 && plain[0] is '+' or '-' ? plain[1..] : plain;
        if (digits.Length == 0)
        {
            return null;
        }

        return ParseWhole(digits, negative)
            ?? (ParseFloat(digits) is { } number ? JsonValue.Create(negative ? -number : number) : null);
    }

    private static JsonValue? ParseWhole(string digits, bool negative)
    {
        if (ParseUnsigned(digits) is not { } value)
        {
            return null;
        }

        if (value <= long.MaxValue)
        {
            return JsonValue.Create(negative ? -(long)value : (long)value);
        }

        return negative ? value == (ulong)long.MaxValue + 1 ? JsonValue.Create(long.MinValue) : null : JsonValue.Create(value);
    }

    private static ulong? ParseUnsigned(string digits)
    {
        string lower = digits.ToLowerInvariant();
        return lower switch
        {
            ['0', 'x', .. var rest] => ulong.TryParse(rest, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hex) ? hex : null,
            ['0', 'b', .. var rest] => FromBase(rest, 2),
            ['0', 'o', .. var rest] => FromBase(rest, 8),
            ['0', .. { Length: > 0 } rest] => FromBase(rest, 8),
            _ => ulong.TryParse(lower, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value : null,
        };
    }

    private static ulong? FromBase(string digits, uint numberBase)
    {
        UInt128 value = 0;
        foreach (char digit in digits)
        {
            if (digit < '0' || digit >= '0' + numberBase || value > ulong.MaxValue)
            {
                return null;
            }

            value = (value * numberBase) + (uint)(digit - '0');
        }

        return digits.Length > 0 && value <= ulong.MaxValue ? (ulong)value : null;
    }

    // JSON has no infinities and no NaN, so their spellings stay text.
    private static double? ParseFloat(string digits) =>
        IsFloatShaped(digits)
        && double.TryParse(
            digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value)
        && double.IsFinite(value) ? value : null;

    private static bool IsFloatShaped(string digits) =>
        char.IsAsciiDigit(digits[0]) || (digits[0] == '.' && digits.Length > 1 && char.IsAsciiDigit(digits[1]));
}
