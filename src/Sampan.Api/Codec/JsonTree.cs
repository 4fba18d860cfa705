using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sampan.Api.Codec;

/// <summary>Reading, writing and comparing JSON as a tree of nodes.</summary>
public static class JsonTree
{
    /// <summary>Characters stay as they are where JSON allows it.</summary>
    public static JsonWriterOptions WriterOptions { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = 1000 };

    /// <summary>Reads one document. A name that appears twice in an object keeps its last value, and the context learns of it.</summary>
    public static JsonNode? Parse(ReadOnlySpan<byte> json, JsonReadContext? context = null)
    {
        json = JsonText.Repair(json);
        try
        {
            Utf8JsonReader reader = new(json, JsonReadContext.ReaderOptions);
            reader.Read();
            JsonNode? node = Read(ref reader, context ?? new JsonReadContext());
            reader.Read();
            return node;
        }
        catch (JsonException e)
        {
            throw JsonFormatException.Of(json, e);
        }
    }

    public static JsonObject ParseObject(ReadOnlySpan<byte> json, JsonReadContext? context = null) =>
        Parse(json, context) as JsonObject ?? throw new JsonFormatException("expected a JSON object");

    /// <summary>The value that the reader stands on.</summary>
    public static JsonNode? Read(ref Utf8JsonReader reader, JsonReadContext context) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader, context),
        JsonTokenType.StartArray => ReadArray(ref reader, context),
        JsonTokenType.String => JsonValue.Create(JsonScalars.ReadString(ref reader, context)),
        JsonTokenType.True => JsonValue.Create(true),
        JsonTokenType.False => JsonValue.Create(false),
        JsonTokenType.Number => ReadNumber(ref reader, context),
        _ => null,
    };

    public static byte[] Encode(JsonNode? node) => Encode(node, Write);

    /// <summary>What is written of the state.</summary>
    public static byte[] Encode<TState>(TState state, Action<Utf8JsonWriter, TState> write) => EncodeBuffer.Encode(state, write);

    public static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        if (node is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            node.WriteTo(writer);
        }
    }

    /// <summary>Writes any value of the model: nodes, wire values, lists, maps and scalars.</summary>
    public static void WriteAny(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case JsonNode node: node.WriteTo(writer); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case int or long or short or uint: writer.WriteNumberValue(Convert.ToInt64(value)); break;
            case double or float: writer.WriteNumberValue(Convert.ToDouble(value)); break;
            case byte[] bytes: writer.WriteBase64StringValue(bytes); break;
            case IDictionary map: WriteMap(writer, map); break;
            case IEnumerable list: WriteList(writer, list); break;
            case IJsonWritable writable: writable.WriteJson(writer); break;
            default: writer.WriteStringValue(value.ToString()); break;
        }
    }

    /// <summary>Deep equality by value: 1 equals 1.0, and the order of names does not matter.</summary>
    public static bool DeepEquals(JsonNode? left, JsonNode? right) => JsonNode.DeepEquals(left, right);

    private static void WriteMap(Utf8JsonWriter writer, IDictionary map)
    {
        writer.WriteStartObject();
        foreach (object key in map.Keys.Cast<object>().OrderBy(key => key.ToString(), StringComparer.Ordinal))
        {
            writer.WritePropertyName(key.ToString()!);
            WriteAny(writer, map[key]);
        }

        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, IEnumerable list)
    {
        writer.WriteStartArray();
        foreach (object? item in list)
        {
            WriteAny(writer, item);
        }

        writer.WriteEndArray();
    }

    private static JsonObject ReadObject(ref Utf8JsonReader reader, JsonReadContext context)
    {
        JsonObject result = [];
        while (JsonReadContext.NextProperty(ref reader))
        {
            string name = JsonScalars.ReadName(ref reader);
            if (result.ContainsKey(name))
            {
                context.Duplicate(name);
            }

            context.Enter(ref reader, name);
            result[name] = Read(ref reader, context);
            context.Leave();
        }

        return result;
    }

    private static JsonArray ReadArray(ref Utf8JsonReader reader, JsonReadContext context)
    {
        JsonArray result = [];
        while (context.NextElement(ref reader, result.Count))
        {
            result.Add(Read(ref reader, context));
            context.Leave();
        }

        return result;
    }

    // Upstream keeps whole numbers of 64 bits and turns every other number into a double.
    private static JsonValue ReadNumber(ref Utf8JsonReader reader, JsonReadContext context) =>
        reader.TryGetInt64(out long number) ? JsonValue.Create(number) : JsonValue.Create(JsonScalars.ReadDouble(ref reader, context)!.Value);
}
