using System.Text;

namespace Sampan.Api.Codec;

/// <summary>
/// Says what is wrong with a text that is no JSON, in the words of Go's scanner: <c>invalid character '}' after object key</c>. Kubernetes'
/// users know these messages, and look for them.
/// </summary>
public static class JsonSyntax
{
    /// <summary>The first mistake; null when the text is JSON by Go's rules.</summary>
    public static string? Error(ReadOnlySpan<byte> json) => new Scanner(json).Run();

    private enum Expected
    {
        Value,
        ValueOrEnd,
        Key,
        KeyOrEnd,
        Colon,
        End,
    }

    private ref struct Scanner(ReadOnlySpan<byte> text)
    {
        private const string Truncated = "unexpected end of JSON input";
        private const int MaxDepth = 10_000;

        private readonly ReadOnlySpan<byte> _text = text;

        // True for an object, false for an array.
        private readonly List<bool> _open = [];
        private Expected _expected = Expected.Value;
        private int _at;

        public string? Run()
        {
            while (true)
            {
                while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                {
                    _at++;
                }

                if (_at == _text.Length)
                {
                    return _expected == Expected.End && _open.Count == 0 ? null : Truncated;
                }

                if (Step() is { } error)
                {
                    return error;
                }
            }
        }

        private string? Step() => _expected switch
        {
            Expected.Value or Expected.ValueOrEnd => Value(),
            Expected.Key or Expected.KeyOrEnd => Key(),
            Expected.Colon => Take(':') ? Expect(Expected.Value) : Wrong("after object key"),
            _ => AfterValue(),
        };

        private string? Value()
        {
            if (_expected == Expected.ValueOrEnd && Take(']'))
            {
                return Close();
            }

            return (char)_text[_at] switch
            {
                '{' => Open(true),
                '[' => Open(false),
                '"' => String() ?? Expect(Expected.End),
                '-' or (>= '0' and <= '9') => Number() ?? Expect(Expected.End),
                't' => Literal("true"u8) ?? Expect(Expected.End),
                'f' => Literal("false"u8) ?? Expect(Expected.End),
                'n' => Literal("null"u8) ?? Expect(Expected.End),
                _ => Wrong("looking for beginning of value"),
            };
        }

        private string? Key()
        {
            if (_expected == Expected.KeyOrEnd && Take('}'))
            {
                return Close();
            }

            return _text[_at] == '"' ? String() ?? Expect(Expected.Colon) : Wrong("looking for beginning of object key string");
        }

        private string? AfterValue()
        {
            if (_open.Count == 0)
            {
                return Wrong("after top-level value");
            }

            bool inObject = _open[^1];
            if (Take(','))
            {
                return Expect(inObject ? Expected.Key : Expected.Value);
            }

            return Take(inObject ? '}' : ']') ? Close() : Wrong(inObject ? "after object key:value pair" : "after array element");
        }

        private string? Open(bool isObject)
        {
            _at++;
            _open.Add(isObject);
            return _open.Count > MaxDepth ? "exceeded max depth" : Expect(isObject ? Expected.KeyOrEnd : Expected.ValueOrEnd);
        }

        private string? Close()
        {
            _open.RemoveAt(_open.Count - 1);
            return Expect(Expected.End);
        }

        private string? String()
        {
            for (_at++; _at < _text.Length; _at++)
            {
                switch (_text[_at])
                {
                    case (byte)'"':
                        _at++;
                        return null;
                    case (byte)'\\':
                        if (Escape() is { } error)
                        {
                            return error;
                        }

                        break;
                    case < 0x20:
                        return Wrong("in string literal");
                }
            }

            return Truncated;
        }

        private string? Escape()
        {
            _at++;
            if (_at == _text.Length)
            {
                return Truncated;
            }

            if (_text[_at] != 'u')
            {
                return "\"\\/bfnrt"u8.Contains(_text[_at]) ? null : Wrong("in string escape code");
            }

            for (int i = 0; i < 4; i++)
            {
                _at++;
                if (_at == _text.Length)
                {
                    return Truncated;
                }

                if (!char.IsAsciiHexDigit((char)_text[_at]))
                {
                    return Wrong("in \\u hexadecimal character escape");
                }
            }

            return null;
        }

        private string? Number()
        {
            Take('-');
            if (!Take('0') && !Digits())
            {
                return WrongOrTruncated("in numeric literal");
            }

            if (Take('.') && !Digits())
            {
                return WrongOrTruncated("after decimal point in numeric literal");
            }

            if (!Take('e') && !Take('E'))
            {
                return null;
            }

            if (!Take('+'))
            {
                Take('-');
            }

            return Digits() ? null : WrongOrTruncated("in exponent of numeric literal");
        }

        private bool Digits()
        {
            int start = _at;
            while (_at < _text.Length && char.IsAsciiDigit((char)_text[_at]))
            {
                _at++;
            }

            return _at > start;
        }

        private string? Literal(ReadOnlySpan<byte> word)
        {
            for (int i = 0; i < word.Length; i++, _at++)
            {
                if (_at == _text.Length)
                {
                    return Truncated;
                }

                if (_text[_at] != word[i])
                {
                    return Wrong($"in literal {Encoding.ASCII.GetString(word)} (expecting {Quoted(word[i])})");
                }
            }

            return null;
        }

        private bool Take(char wanted)
        {
            if (_at >= _text.Length || _text[_at] != wanted)
            {
                return false;
            }

            _at++;
            return true;
        }

        private string? Expect(Expected next)
        {
            _expected = next;
            return null;
        }

        private readonly string WrongOrTruncated(string place) => _at == _text.Length ? Truncated : Wrong(place);

        private readonly string Wrong(string place) => $"invalid character {Quoted(_text[_at])} {place}";

        // Go takes a byte for the character of its number.
        private static string Quoted(byte character) => (char)character switch
        {
            '\'' => @"'\''",
            '"' => "'\"'",
            var other => $"'{GoText.Quote(other.ToString())[1..^1]}'",
        };
    }
}
