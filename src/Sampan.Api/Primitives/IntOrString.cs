using System.Globalization;
using System.Text.Json;
using Sampan.Api.Codec;

namespace Sampan.Api;

/// <summary>A number or a string: a port or its name, a count or a percentage.</summary>
public readonly struct IntOrString : IEquatable<IntOrString>, IWireValue<IntOrString>
{
    private readonly string? _text;

    public IntOrString(int value) => IntValue = value;

    public IntOrString(string value) => _text = value;

    public bool IsString => _text is not null;

    /// <summary>The number; 0 when this is a string.</summary>
    public int IntValue { get; }

    /// <summary>The string; empty when this is a number.</summary>
    public string StringValue => _text ?? "";

    public static implicit operator IntOrString(int value) => new(value);

    public static implicit operator IntOrString(string value) => new(value);

    public static bool operator ==(IntOrString left, IntOrString right) => left.Equals(right);

    public static bool operator !=(IntOrString left, IntOrString right) => !left.Equals(right);

    public static IntOrString FromInt32(int value) => new(value);

    public static IntOrString FromString(string value) => new(value);

    /// <summary>A number when the text is one, else the text.</summary>
    public static IntOrString Parse(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? new(number) : new(text);

    /// <summary>The number itself, or the percentage of <paramref name="total"/>; null for any other string.</summary>
    public int? GetScaledValueFromIntOrPercent(int total, bool roundUp)
    {
        if (!IsString)
        {
            return IntValue;
        }

        if (!TryGetPercent(out int percent))
        {
            return null;
        }

        double scaled = percent * (double)total / 100;
        return (int)(roundUp ? Math.Ceiling(scaled) : Math.Floor(scaled));
    }

    /// <summary>True for a string such as "25%".</summary>
    public bool TryGetPercent(out int percent)
    {
        percent = 0;
        return _text is { Length: > 1 } && _text[^1] == '%'
            && int.TryParse(_text.AsSpan(0, _text.Length - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out percent);
    }

    /// <summary>The number, or the string read as a number; 0 when it is none.</summary>
    public int ToInt32() => !IsString ? IntValue
        : int.TryParse(_text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : 0;

    public bool Equals(IntOrString other) => IntValue == other.IntValue && _text == other._text;

    public override bool Equals(object? obj) => obj is IntOrString other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(IntValue, _text);

    public override string ToString() => _text ?? IntValue.ToString(CultureInfo.InvariantCulture);

    public static IntOrString ReadJson(ref Utf8JsonReader reader, JsonReadContext context) => reader.TokenType switch
    {
        JsonTokenType.String => new IntOrString(JsonScalars.ReadString(ref reader, context)!),
        _ => new IntOrString(JsonScalars.ReadInt32(ref reader, context) ?? 0),
    };

    public void WriteJson(Utf8JsonWriter writer)
    {
        if (IsString)
        {
            writer.WriteStringValue(_text);
        }
        else
        {
            writer.WriteNumberValue(IntValue);
        }
    }

    public static IntOrString ReadProto(ref ProtoReader reader)
    {
        long type = 0;
        int number = 0;
        string text = "";
        while (reader.ReadField() is var field and not 0)
        {
            switch (field)
            {
                case 1: type = reader.ReadInt64(); break;
                case 2: number = reader.ReadInt32(); break;
                case 3: text = reader.ReadString(); break;
                default: reader.Skip(); break;
            }
        }

        return type == 0 ? new IntOrString(number) : new IntOrString(text);
    }

    public void WriteProto(ProtoWriter writer)
    {
        writer.WriteInt64(1, IsString ? 1 : 0);
        writer.WriteInt32(2, IntValue);
        writer.WriteString(3, StringValue);
    }
}
