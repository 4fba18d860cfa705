using System.Text;

namespace Sampan.Api.Selectors;

/// <summary>A predicate over a kind's selectable fields: <c>spec.nodeName=n1,status.phase!=Running</c>.</summary>
public sealed class FieldSelector
{
    public FieldSelector(IReadOnlyList<FieldRequirement> requirements) => Requirements = requirements;

    public static FieldSelector Everything { get; } = new([]);

    public IReadOnlyList<FieldRequirement> Requirements { get; }

    public bool MatchesEverything => Requirements.Count == 0;

    public static FieldSelector Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Everything;
        }

        List<FieldRequirement> requirements = [];
        foreach (string term in SplitTerms(text))
        {
            if (term.Length > 0)
            {
                requirements.Add(ParseTerm(text, term));
            }
        }

        return new FieldSelector(requirements);
    }

    public static FieldSelector OneTerm(string field, string value) => new([new FieldRequirement(field, false, value)]);

    /// <summary>The value that the field must have, or null when the selector leaves it open.</summary>
    public string? RequiresExactMatch(string field) =>
        Requirements.FirstOrDefault(requirement => !requirement.Negated && requirement.Field == field)?.Value;

    /// <summary>Asks for each field's value; a null counts as empty.</summary>
    public bool Matches(Func<string, string?> valueOf)
    {
        foreach (FieldRequirement requirement in Requirements)
        {
            bool equal = (valueOf(requirement.Field) ?? "") == requirement.Value;
            if (equal == requirement.Negated)
            {
                return false;
            }
        }

        return true;
    }

    public override string ToString() => string.Join(',', Requirements);

    /// <summary>A value with the separators escaped.</summary>
    public static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal)
        .Replace("=", "\\=", StringComparison.Ordinal);

    private static FieldRequirement ParseTerm(string text, string term)
    {
        for (int i = 0; i < term.Length; i++)
        {
            ReadOnlySpan<char> rest = term.AsSpan(i);
            if (rest.StartsWith("!="))
            {
                return new FieldRequirement(term[..i], true, Unescape(term[(i + 2)..]));
            }

            if (rest[0] == '=')
            {
                return new FieldRequirement(term[..i], false, Unescape(term[(i + (rest.StartsWith("==") ? 2 : 1))..]));
            }
        }

        throw new SelectorFormatException($"invalid selector: '{text}'; can't understand '{term}'");
    }

    // A comma separates unless a backslash stands before it.
    private static IEnumerable<string> SplitTerms(string text)
    {
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == ',')
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private static string Unescape(string value)
    {
        if (value.AsSpan().IndexOfAny('\\', ',', '=') < 0)
        {
            return value;
        }

        StringBuilder plain = new();
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] is ',' or '=')
            {
                throw new SelectorFormatException($"invalid field selector: unescaped character in value: {value[i]}");
            }

            if (value[i] == '\\' && (++i == value.Length || value[i] is not ('\\' or ',' or '=')))
            {
                throw new SelectorFormatException($"invalid field selector: invalid escape sequence: {(i == value.Length ? "\\" : $"\\{value[i]}")}");
            }

            plain.Append(value[i]);
        }

        return plain.ToString();
    }
}
