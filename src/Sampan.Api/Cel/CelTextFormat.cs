using System.Globalization;
using System.Text;

namespace Sampan.Api.Cel;

/// <summary>"%s has %d".format(["a", 2]), and strings.quote.</summary>
internal static class CelTextFormat
{
    private const int MaxPrecision = 1000;

    public static void AddTo(Dictionary<string, CelFunction> globals, Dictionary<string, CelFunction> members)
    {
        members["format"] = static args => Format((string)args[0]!, (IReadOnlyList<object?>)args[1]!);
        globals["strings.quote"] = static args => Quote((string)args[0]!);
    }

    private static string Format(string text, IReadOnlyList<object?> values)
    {
        var (result, next) = (new StringBuilder(), 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                result.Append(text[i]);
                continue;
            }
            var clause = Clause(text, ref i, out var precision);
            if (clause == '%') result.Append('%');
            else if (next == values.Count) throw new CelException($"index {next} out of range");
            else result.Append(Write(clause, precision, values[next++]));
        }
        return result.ToString();
    }

    private static char Clause(string text, ref int position, out int? precision)
    {
        precision = null;
        position++;
        if (position < text.Length && text[position] == '.')
        {
            var start = ++position;
            while (position < text.Length && char.IsAsciiDigit(text[position])) position++;
            if (position == text.Length) throw new CelException("could not parse formatting clause: error while parsing precision: could not find end of precision specifier");
            precision = int.TryParse(text.AsSpan(start, position - start), CultureInfo.InvariantCulture, out var digits) && digits <= MaxPrecision ? digits
                : throw new CelException($"could not parse formatting clause: error while parsing precision: error while converting precision to integer: strconv.Atoi: parsing \"{text[start..position]}\": invalid syntax");
        }
        return position < text.Length ? text[position] : throw new CelException("unexpected end of string");
    }

    private static string Write(char clause, int? precision, object? value) => (clause, value) switch
    {
        ('s', _) => Text(value),
        ('d', long or ulong) => Text(value),
        ('d' or 'f' or 'e', double real) when !double.IsFinite(real) => Text(value),
        ('f', double or long or ulong) => Number(value).ToString("F" + (precision ?? 6), CultureInfo.InvariantCulture),
        ('e', double or long or ulong) => Number(value).ToString($"0.{new string('0', precision ?? 6)}e+00", CultureInfo.InvariantCulture),
        ('b', bool flag) => flag ? "1" : "0",
        ('b', long or ulong) => InBase(value, 2),
        ('o', long or ulong) => InBase(value, 8),
        ('x', long or ulong) => InBase(value, 16),
        ('X', long or ulong) => InBase(value, 16).ToUpperInvariant(),
        ('x', string or byte[]) => Convert.ToHexStringLower(Bytes(value)),
        ('X', string or byte[]) => Convert.ToHexString(Bytes(value)),
        ('d' or 'f' or 'e' or 'b' or 'o' or 'x' or 'X', _) => throw new CelException($"error during formatting: clause '{clause}' cannot be used on {CelType.Of(value).Name}"),
        _ => throw new CelException($"could not parse formatting clause: unrecognized formatting clause \"{clause}\""),
    };

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => text,
        bool flag => flag ? "true" : "false",
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        CelType type => type.Name,
        ICelMap map => $"{{{string.Join(", ", map.Keys.Select(key => (Key: Text(key), Value: map.TryGet(key, out var item) ? Text(item) : "")).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value}"))}}}",
        IReadOnlyList<object?> list => $"[{string.Join(", ", list.Select(Text))}]",
        _ => CelConversions.Text(value),
    };

    private static double Number(object? value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static byte[] Bytes(object? value) => value as byte[] ?? Encoding.UTF8.GetBytes((string)value!);

    private static string InBase(object? value, int numberBase)
    {
        var (sign, rest) = value is long number ? (number < 0 ? "-" : "", number < 0 ? (ulong)-(Int128)number : (ulong)number) : ("", (ulong)value!);
        var digits = new StringBuilder();
        do digits.Insert(0, "0123456789abcdef"[(int)(rest % (ulong)numberBase)]);
        while ((rest /= (ulong)numberBase) > 0);
        return sign + digits;
    }

    private static string Quote(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var c in text)
        {
            result.Append(c switch
            {
                '\a' => "\\a",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\v' => "\\v",
                '\\' => "\\\\",
                '"' => "\\\"",
                _ => c.ToString(),
            });
        }
        return result.Append('"').ToString();
    }
}
