using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sampan.Api.Codec;

/// <summary>Whole JSON documents to and from the model.</summary>
public static class JsonCodec
{
    /// <summary>Escapes no more than JSON asks for.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static T Decode<T>(ReadOnlySpan<byte> json, JsonReadContext? context = null)
        where T : IWireValue<T>
    {
        json = JsonText.Repair(json);
        Utf8JsonReader reader = new(json, JsonReadContext.ReaderOptions);
        try
        {
            reader.Read();
            T value = T.ReadJson(ref reader, context ?? new JsonReadContext());
            reader.Read();
            return value;
        }
        catch (JsonException e)
        {
            throw JsonFormatException.Of(json, e);
        }
    }

    public static ITyped Decode(KindInfo kind, ReadOnlySpan<byte> json, JsonReadContext? context = null)
    {
        json = JsonText.Repair(json);
        Utf8JsonReader reader = new(json, JsonReadContext.ReaderOptions);
        try
        {
            reader.Read();
            ITyped value = kind.ReadJson(ref reader, context ?? new JsonReadContext());
            reader.Read();
            return value;
        }
        catch (JsonException e)
        {
            throw JsonFormatException.Of(json, e);
        }
    }

    public static byte[] Encode<T>(T value)
        where T : IWireValue<T> => EncodeBuffer.Encode(value, static (writer, value) => value.WriteJson(writer));

    public static byte[] Encode(ITyped value) => EncodeBuffer.Encode(value, static (writer, value) => value.WriteJson(writer));

    public static void Encode<T>(T value, IBufferWriter<byte> output)
        where T : IWireValue<T>
    {
        using Utf8JsonWriter writer = new(output, WriterOptions);
        value.WriteJson(writer);
    }

    public static void Encode(ITyped value, IBufferWriter<byte> output)
    {
        using Utf8JsonWriter writer = new(output, WriterOptions);
        value.WriteJson(writer);
    }
}
