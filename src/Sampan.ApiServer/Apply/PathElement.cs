using System.Globalization;
using System.Text;
using System.Text.Json;
using Sampan.Api.Codec;

namespace Sampan.ApiServer.Apply;

/// <summary>
/// One step of a field's path, in the form that FieldsV1 spells it:
/// <code>
/// f:replicas                          a field of an object or a key of a map
/// k:{"containerPort":80,"protocol":"TCP"}   the element of a list with these keys
/// v:"example.com/hold"                the element of a set
/// i:3                                 the element at an index
/// </code>
/// They are sorted in this order of kinds, names by their characters and keys by their values.
/// </summary>
internal readonly record struct PathElement(string Text) : IComparable<PathElement>
{
    private const string Kinds = "fkvi";

    public bool IsField => Text[0] == 'f';

    /// <summary>What follows the kind.</summary>
    public ReadOnlySpan<char> Value => Text.AsSpan(2);

    public static PathElement Field(string name) => new("f:" + name);

    public static PathElement Index(int index) => new("i:" + index.ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether the text is a step; other names in a FieldsV1 are not understood.</summary>
    public static bool IsValid(string text) => text.Length >= 2 && text[1] == ':' && text[0] switch
    {
        'f' => true,
        'k' => IsJson(text.AsSpan(2), JsonTokenType.StartObject),
        'v' => IsJson(text.AsSpan(2), null),
        'i' => int.TryParse(text.AsSpan(2), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        _ => false,
    };

    /// <summary>A step of a kind that a later version may know: x:what.</summary>
    public static bool IsOfUnknownKind(string text) => text.Length >= 2 && text[1] == ':' && !Kinds.Contains(text[0], StringComparison.Ordinal);

    public int CompareTo(PathElement other)
    {
        if (Text[0] != other.Text[0])
        {
            return Kinds.IndexOf(Text[0], StringComparison.Ordinal) - Kinds.IndexOf(other.Text[0], StringComparison.Ordinal);
        }
        return IsField ? string.CompareOrdinal(Text, other.Text) : CompareValues(Value, other.Value);
    }

    /// <summary>As people read it: <c>.replicas</c>, <c>[name="web"]</c>, <c>[="x"]</c>, <c>[3]</c>.</summary>
    public override string ToString() => Text[0] switch
    {
        'f' => $".{Value}",
        'k' => $"[{KeysText()}]",
        'v' => $"[={Value}]",
        _ => $"[{Value}]",
    };

    /// <summary>Compares JSON of the same form: at the first difference numbers count as numbers, and an ended text comes first.</summary>
    private static int CompareValues(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var same = left.CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
        {
            return left.Length - right.Length;
        }
        var (digits, others) = (DigitsFrom(left, same), DigitsFrom(right, same));
        if (digits != others && IsNumber(left, same) && IsNumber(right, same))
        {
            return digits - others;
        }
        return (left[same] == '"' ? '\0' : left[same]) - (right[same] == '"' ? '\0' : right[same]);
    }

    /// <summary>One JSON value and nothing after it.</summary>
    private static bool IsJson(ReadOnlySpan<char> text, JsonTokenType? first)
    {
        const int MaxOnStack = 128;
        Span<byte> buffer = text.Length <= MaxOnStack ? stackalloc byte[MaxOnStack * 3] : new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var reader = new Utf8JsonReader(buffer[..Encoding.UTF8.GetBytes(text, buffer)], JsonReadContext.ReaderOptions);
        try
        {
            var isRight = reader.Read() && (first is null || reader.TokenType == first);
            while (isRight && reader.Read())
            {
                // To the end.
            }
            return isRight;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static int DigitsFrom(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }
        return end - start;
    }

    /// <summary>Whether the place is in or right after a number: what precedes its digits starts a value that is no text.</summary>
    private static bool IsNumber(ReadOnlySpan<char> text, int place)
    {
        while (place > 0 && char.IsAsciiDigit(text[place - 1]))
        {
            place--;
        }
        return place == 0 || text[place - 1] == ':';
    }

    private string KeysText()
    {
        var keys = JsonTree.ParseObject(Encoding.UTF8.GetBytes(Text[2..]));
        return string.Join(",", keys.Select(key => $"{key.Key}={key.Value?.ToJsonString(JsonTexts.Options) ?? "null"}"));
    }
}
