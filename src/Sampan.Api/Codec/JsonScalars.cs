using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Sampan.Api.Codec;

/// <summary>Reads JSON scalars and simple collections by Go's rules: null leaves the zero value, a wrong type is an error that names its place.</summary>
public static class JsonScalars
{
    private static readonly SearchValues<char> Base64Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n");

    public static string? ReadString(ref Utf8JsonReader reader, JsonReadContext context) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => GetString(ref reader),
        _ => throw context.Mismatch(ref reader, "string"),
    };

    public static bool? ReadBool(ref Utf8JsonReader reader, JsonReadContext context) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw context.Mismatch(ref reader, "bool"),
    };

    public static int? ReadInt32(ref Utf8JsonReader reader, JsonReadContext context)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int value)
            ? value
            : throw NumberMismatch(ref reader, context, "int32");
    }

    public static long? ReadInt64(ref Utf8JsonReader reader, JsonReadContext context)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long value)
            ? value
            : throw NumberMismatch(ref reader, context, "int64");
    }

    public static double? ReadDouble(ref Utf8JsonReader reader, JsonReadContext context)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        return reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double value) && double.IsFinite(value)
            ? value
            : throw NumberMismatch(ref reader, context, "float64");
    }

    /// <summary>Base64 in a string; null stays null.</summary>
    public static byte[]? ReadBytes(ref Utf8JsonReader reader, JsonReadContext context)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        string text = ReadString(ref reader, context)!;
        byte[] bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length) + 3];
        return Convert.TryFromBase64String(text, bytes, out int written) && !text.Contains(' ', StringComparison.Ordinal)
            ? bytes[..written]
            : throw new JsonFormatException($"illegal base64 data at input byte {IllegalByte(text)}");
    }

    public static List<string>? ReadStringList(ref Utf8JsonReader reader, JsonReadContext context)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        context.BeginArray(ref reader, "[]string");
        List<string> list = [];
        while (context.NextElement(ref reader, list.Count))
        {
            list.Add(ReadString(ref reader, context) ?? "");
            context.Leave();
        }

        return list;
    }

    public static Dictionary<string, string>? ReadStringMap(ref Utf8JsonReader reader, JsonReadContext context)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        context.BeginObject(ref reader, "map[string]string");
        Dictionary<string, string> map = new(StringComparer.Ordinal);
        while (JsonReadContext.NextProperty(ref reader))
        {
            string key = EnterKey(ref reader, context, map);
            map[key] = ReadString(ref reader, context) ?? "";
            context.Leave();
        }

        return map;
    }

    /// <summary>Moves from a map's key to its value, notes a key that came before, and answers the key.</summary>
    public static string EnterKey<T>(ref Utf8JsonReader reader, JsonReadContext context, Dictionary<string, T> map)
    {
        string key = GetString(ref reader);
        if (map.ContainsKey(key))
        {
            context.Duplicate(key);
        }

        context.Enter(ref reader, key);
        return key;
    }

    public static void WriteStringMap(Utf8JsonWriter writer, Dictionary<string, string> map)
    {
        writer.WriteStartObject();
        foreach ((string key, string value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }

    /// <summary>The property name that the reader stands on.</summary>
    public static string ReadName(ref Utf8JsonReader reader) => GetString(ref reader);

    private static string GetString(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonFormatException("invalid UTF-8 or escape sequence in string", e);
        }
    }

    private static JsonFormatException NumberMismatch(ref Utf8JsonReader reader, JsonReadContext context, string goType)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            return context.Mismatch(ref reader, goType);
        }

        return context.Mismatch($"number {System.Text.Encoding.ASCII.GetString(reader.ValueSpan)}", goType);
    }

    private static int IllegalByte(string text)
    {
        int i = text.AsSpan().IndexOfAnyExcept(Base64Characters);
        return i < 0 ? text.Length : i;
    }
}
