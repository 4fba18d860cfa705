using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Sampan.Api;

/// <summary>Texts as Go prints and reads them, since upstream's messages are made so.</summary>
public static class GoText
{
    /// <summary>The text in double quotes with escapes: Go's <c>%q</c>.</summary>
    public static string Quote(string? text)
    {
        StringBuilder quoted = new("\"");
        foreach (Rune rune in (text ?? "").EnumerateRunes())
        {
            Append(quoted, rune);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A JSON value as Go prints an untyped one: <c>map[a:1 b:[x y] c:&lt;nil&gt;]</c>.</summary>
    public static string Print(JsonNode? node) => node switch
    {
        null => "<nil>",
        JsonObject map =>
            $"map[{string.Join(' ', map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}:{Print(pair.Value)}"))}]",
        JsonArray list => $"[{string.Join(' ', list.Select(Print))}]",
        _ => node.ToString(),
    };

    /// <summary>What a text says as Go's <c>strconv.ParseBool</c> reads it; null for a text that is neither.</summary>
    public static bool? ParseBool(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => null,
    };

    private static void Append(StringBuilder quoted, Rune rune)
    {
        string? escape = rune.Value switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\a' => "\\a",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\v' => "\\v",
            _ => null,
        };
        if (escape is not null)
        {
            quoted.Append(escape);
        }
        else if (IsPrintable(rune))
        {
            quoted.Append(rune.ToString());
        }
        else
        {
            string format = rune.Value < 0x80 ? "\\x{0:x2}" : rune.Value > 0xFFFF ? "\\U{0:x8}" : "\\u{0:x4}";
            quoted.AppendFormat(CultureInfo.InvariantCulture, format, rune.Value);
        }
    }

    /// <summary>Whether Go prints the character as it is.</summary>
    public static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);
}
