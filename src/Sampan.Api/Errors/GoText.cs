using System.Globalization;
using System.Text;

namespace Sampan.Api;

/// <summary>Texts as Go prints them, since upstream's messages are made so.</summary>
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

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);
}
