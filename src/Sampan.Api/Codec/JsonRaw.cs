using System.Buffers;
using System.Text.Json;

namespace Sampan.Api.Codec;

/// <summary>Copies a JSON value as bytes, without the white space between its tokens; strings and numbers keep their spelling.</summary>
public static class JsonRaw
{
    /// <summary>The value that the reader stands on; the reader ends on its last token.</summary>
    public static byte[] Read(ref Utf8JsonReader reader)
    {
        ArrayBufferWriter<byte> output = new(64);
        int end = reader.CurrentDepth;
        bool separate = false;
        do
        {
            separate = Append(ref reader, output, separate);
        }
        while ((reader.CurrentDepth > end || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) && reader.Read());

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Checks a document and removes its white space.</summary>
    public static byte[] Compact(ReadOnlySpan<byte> json)
    {
        json = JsonText.Repair(json);
        try
        {
            Utf8JsonReader reader = new(json, JsonReadContext.ReaderOptions);
            reader.Read();
            byte[] value = Read(ref reader);
            reader.Read();
            return value;
        }
        catch (JsonException e)
        {
            throw new JsonFormatException(e.Message, e);
        }
    }

    private static bool Append(ref Utf8JsonReader reader, ArrayBufferWriter<byte> output, bool separate)
    {
        JsonTokenType token = reader.TokenType;
        if (separate && token is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            output.Write(","u8);
        }

        switch (token)
        {
            case JsonTokenType.StartObject: output.Write("{"u8); return false;
            case JsonTokenType.StartArray: output.Write("["u8); return false;
            case JsonTokenType.EndObject: output.Write("}"u8); return true;
            case JsonTokenType.EndArray: output.Write("]"u8); return true;
            case JsonTokenType.PropertyName: Quote(ref reader, output); output.Write(":"u8); return false;
            case JsonTokenType.String: Quote(ref reader, output); return true;
            default: WriteValue(ref reader, output); return true;
        }
    }

    private static void Quote(ref Utf8JsonReader reader, ArrayBufferWriter<byte> output)
    {
        output.Write("\""u8);
        WriteValue(ref reader, output);
        output.Write("\""u8);
    }

    private static void WriteValue(ref Utf8JsonReader reader, ArrayBufferWriter<byte> output)
    {
        if (!reader.HasValueSequence)
        {
            output.Write(reader.ValueSpan);
            return;
        }

        foreach (ReadOnlyMemory<byte> part in reader.ValueSequence)
        {
            output.Write(part.Span);
        }
    }
}
