using System.Buffers;

namespace Sampan.Api.Selectors;

/// <summary>
/// Reads the text form of a label selector:
/// <code>
/// selector    = [ requirement { "," requirement } ]
/// requirement = [ "!" ] key | key ( "=" | "==" | "!=" | "&gt;" | "&lt;" ) [ value ] | key ( "in" | "notin" ) "(" [ value ] { "," [ value ] } ")"
/// </code>
/// </summary>
public sealed class LabelSelectorParser
{
    private const string Operators = "in, notin, =, ==, !=, gt, lt";

    private static readonly SearchValues<char> WordEnd = SearchValues.Create(" \t\r\n=!(),><");

    private readonly string _text;
    private int _position;
    private string _token = "";

    private LabelSelectorParser(string text) => _text = text;

    public static IReadOnlyList<Requirement> Parse(string text)
    {
        try
        {
            return new LabelSelectorParser(text).ParseAll();
        }
        catch (SelectorFormatException e) when (e.InnerException is null)
        {
            throw new SelectorFormatException($"unable to parse requirement: {e.Message}", e);
        }
        catch (SelectorFormatException e)
        {
            throw new SelectorFormatException(e.InnerException!.Message, e);
        }
    }

    private List<Requirement> ParseAll()
    {
        List<Requirement> requirements = [];
        Next();
        while (_token.Length > 0)
        {
            if (!IsWord && _token != "!")
            {
                throw Outer($"found '{_token}', expected: !, identifier, or 'end of string'");
            }

            requirements.Add(ParseRequirement());
            if (_token.Length == 0)
            {
                break;
            }

            TakeComma();
        }

        return requirements;
    }

    // A mistake between requirements is reported as it is, one inside a requirement with a prefix; the inner exception tells them apart.
    private static SelectorFormatException Outer(string message) => new(message, new FormatException(message));

    private void TakeComma()
    {
        if (_token != ",")
        {
            throw Outer($"found '{_token}', expected: ',' or 'end of string'");
        }

        Next();
        if (!IsWord && _token != "!")
        {
            throw Outer($"found '{_token}', expected: identifier after ','");
        }
    }

    private Requirement ParseRequirement()
    {
        bool absent = _token == "!";
        if (absent)
        {
            Next();
        }

        string key = TakeWord();
        if (absent)
        {
            return Requirement.Create(key, SelectorOperator.DoesNotExist, []);
        }

        if (_token is "" or ",")
        {
            return Requirement.Create(key, SelectorOperator.Exists, []);
        }

        SelectorOperator op = TakeOperator();
        return Requirement.Create(key, op, op is SelectorOperator.In or SelectorOperator.NotIn ? TakeValues() : [TakeValue()]);
    }

    private SelectorOperator TakeOperator()
    {
        SelectorOperator op = _token switch
        {
            "=" or "==" => SelectorOperator.Equals,
            "!=" => SelectorOperator.NotEquals,
            "in" => SelectorOperator.In,
            "notin" => SelectorOperator.NotIn,
            ">" => SelectorOperator.GreaterThan,
            "<" => SelectorOperator.LessThan,
            _ => throw new SelectorFormatException($"found '{_token}', expected: {Operators}"),
        };
        Next();
        return op;
    }

    private List<string> TakeValues()
    {
        if (_token != "(")
        {
            throw new SelectorFormatException($"found '{_token}' expected: '('");
        }

        Next();
        List<string> values = [];
        while (true)
        {
            values.Add(TakeValue());
            if (_token == ")")
            {
                Next();
                return values;
            }

            if (_token != ",")
            {
                throw new SelectorFormatException($"found '{_token}', expected: ',' or ')'");
            }

            Next();
        }
    }

    // A missing value is the empty string.
    private string TakeValue() => _token is "" or "," or ")" ? "" : TakeWord();

    private string TakeWord()
    {
        if (!IsWord)
        {
            throw new SelectorFormatException($"found '{_token}', expected: identifier");
        }

        string word = _token;
        Next();
        return word;
    }

    private bool IsWord => _token.Length > 0 && !WordEnd.Contains(_token[0]);

    private void Next()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t' or '\r' or '\n')
        {
            _position++;
        }

        int length = TokenLength(_text.AsSpan(_position));
        _token = _text.Substring(_position, length);
        _position += length;
    }

    private static int TokenLength(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        if (text.StartsWith("==") || text.StartsWith("!="))
        {
            return 2;
        }

        int end = text.IndexOfAny(WordEnd);
        return end < 0 ? text.Length : Math.Max(end, 1);
    }
}
