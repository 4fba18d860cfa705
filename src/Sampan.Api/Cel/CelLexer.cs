using System.Globalization;
using System.Text;

namespace Sampan.Api.Cel;

/// <summary>Cuts an expression into words.</summary>
internal sealed class CelLexer(string source, CelErrors errors)
{
    private static readonly string[] Symbols =
        ["&&", "||", "==", "!=", "<=", ">=", ".", ",", "(", ")", "[", "]", "{", "}", "?", ":", "+", "-", "*", "/", "%", "!", "<", ">"];

    private int _position;

    public List<CelToken> Read()
    {
        var tokens = new List<CelToken>();
        while (SkipBlanks())
        {
            tokens.Add(Next());
        }
        tokens.Add(new CelToken(CelTokenKind.End, "<EOF>", null, source.Length));
        return tokens;
    }

    private bool SkipBlanks()
    {
        while (_position < source.Length)
        {
            if (source.AsSpan(_position).StartsWith("//")) _position = source.IndexOf('\n', _position) is var end and >= 0 ? end : source.Length;
            else if (char.IsWhiteSpace(source[_position])) _position++;
            else return true;
        }
        return false;
    }

    private CelToken Next()
    {
        var start = _position;
        var c = source[start];
        if (StringStart() is { } prefix) return Text(start, prefix);
        if (char.IsAsciiDigit(c) || (c == '.' && start + 1 < source.Length && char.IsAsciiDigit(source[start + 1]))) return Number(start);
        if (char.IsAsciiLetter(c) || c == '_') return Word(start);
        if (c == '`') return Quoted(start);
        foreach (var symbol in Symbols)
        {
            if (!source.AsSpan(start).StartsWith(symbol)) continue;
            _position += symbol.Length;
            return new CelToken(CelTokenKind.Symbol, symbol, null, start);
        }
        throw errors.Fatal(start, $"Syntax error: token recognition error at: '{c}'");
    }

    private CelToken Word(int start)
    {
        while (_position < source.Length && (char.IsAsciiLetterOrDigit(source[_position]) || source[_position] == '_')) _position++;
        var text = source[start.._position];
        return text switch
        {
            "true" => new(CelTokenKind.Literal, text, true, start),
            "false" => new(CelTokenKind.Literal, text, false, start),
            "null" => new(CelTokenKind.Literal, text, null, start),
            "in" => new(CelTokenKind.Symbol, text, null, start),
            _ => new(CelTokenKind.Identifier, text, null, start),
        };
    }

    // A field whose name is no identifier, such as `gpu-model`.
    private CelToken Quoted(int start)
    {
        var end = source.IndexOf('`', start + 1);
        if (end < 0) throw errors.Fatal(start, "Syntax error: token recognition error at: '`'");
        _position = end + 1;
        return new CelToken(CelTokenKind.Identifier, source[(start + 1)..end], null, start);
    }

    private CelToken Number(int start)
    {
        var isHex = source.AsSpan(start).StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (isHex) _position += 2;
        var isDouble = false;
        for (; _position < source.Length; _position++)
        {
            var c = source[_position];
            if (isHex ? char.IsAsciiHexDigit(c) : char.IsAsciiDigit(c)) continue;
            var isPart = !isHex && ((c == '.' && !isDouble && _position + 1 < source.Length && char.IsAsciiDigit(source[_position + 1])) || c is 'e' or 'E'
                || (c is '+' or '-' && source[_position - 1] is 'e' or 'E'));
            if (!isPart) break;
            isDouble = true;
        }
        var text = source[start.._position];
        var isUnsigned = !isDouble && _position < source.Length && source[_position] is 'u' or 'U';
        if (isUnsigned) _position++;
        return new CelToken(CelTokenKind.Literal, text, NumberOf(text, isHex, isDouble, isUnsigned) ?? throw errors.Fatal(start, "invalid number literal"), start);
    }

    private static object? NumberOf(string text, bool isHex, bool isDouble, bool isUnsigned)
    {
        var (digits, style) = isHex ? (text[2..], NumberStyles.AllowHexSpecifier) : (text, NumberStyles.None);
        if (isDouble) return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : null;
        if (!ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out var number)) return null;
        if (isUnsigned) return number;
        // The smallest integer is one that is negated: the parser sees to it.
        return number <= long.MaxValue ? (object)(long)number : number == (ulong)long.MaxValue + 1 ? long.MinValue : null;
    }

    private (bool IsRaw, bool IsBytes, int Length)? StringStart()
    {
        var (isRaw, isBytes) = (false, false);
        for (var i = _position; i < source.Length && i - _position <= 2; i++)
        {
            switch (source[i])
            {
                case 'r' or 'R' when !isRaw: isRaw = true; break;
                case 'b' or 'B' when !isBytes: isBytes = true; break;
                case '"' or '\'': return (isRaw, isBytes, i - _position);
                default: return null;
            }
        }
        return null;
    }

    private CelToken Text(int start, (bool IsRaw, bool IsBytes, int Length) prefix)
    {
        _position += prefix.Length;
        var quote = source[_position];
        var delimiter = source.AsSpan(_position).StartsWith(new string(quote, 3)) ? new string(quote, 3) : quote.ToString();
        _position += delimiter.Length;
        var text = new StringBuilder();
        while (!source.AsSpan(_position).StartsWith(delimiter))
        {
            if (_position >= source.Length || (delimiter.Length == 1 && source[_position] is '\n' or '\r')) throw errors.Fatal(start, "Syntax error: token recognition error at: " + source[start..Math.Min(_position, source.Length)]);
            if (source[_position] == '\\' && !prefix.IsRaw) Escape(text);
            else text.Append(source[_position++]);
        }
        _position += delimiter.Length;
        return new CelToken(CelTokenKind.Literal, source[start.._position], prefix.IsBytes ? Encoding.UTF8.GetBytes(text.ToString()) : text.ToString(), start);
    }

    private void Escape(StringBuilder text)
    {
        var start = _position++;
        var c = _position < source.Length ? source[_position++] : throw errors.Fatal(start, "unterminated escape");
        switch (c)
        {
            case 'a': text.Append('\a'); break;
            case 'b': text.Append('\b'); break;
            case 'f': text.Append('\f'); break;
            case 'n': text.Append('\n'); break;
            case 'r': text.Append('\r'); break;
            case 't': text.Append('\t'); break;
            case 'v': text.Append('\v'); break;
            case '\\' or '\'' or '"' or '`' or '?': text.Append(c); break;
            case 'x' or 'X': text.Append(CodePoint(start, 2, 16)); break;
            case 'u': text.Append(CodePoint(start, 4, 16)); break;
            case 'U': text.Append(CodePoint(start, 8, 16)); break;
            case >= '0' and <= '3': _position--; text.Append(CodePoint(start, 3, 8)); break;
            default: throw errors.Fatal(start, $"invalid escape sequence: \\{c}");
        }
    }

    private string CodePoint(int start, int digits, int numberBase)
    {
        var text = _position + digits <= source.Length ? source.Substring(_position, digits) : "";
        _position += digits;
        try
        {
            return char.ConvertFromUtf32(Convert.ToInt32(text, numberBase));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            throw errors.Fatal(start, "invalid escape sequence");
        }
    }
}
