using System.Text.Json;

namespace Sampan.Api.Codec;

/// <summary>What the generated JSON writers share: map keys are sorted. Each type has a method of its own name, so that generated calls need no overload resolution.</summary>
internal static partial class ModelJson
{
    public static void WriteName(Utf8JsonWriter writer, ReadOnlySpan<byte> name) => writer.WritePropertyName(name);

    public static void WriteNull(Utf8JsonWriter writer, ReadOnlySpan<byte> name) => writer.WriteNull(name);

    public static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value) => writer.WriteString(name, value);

    public static void WriteBoolean(Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool value) => writer.WriteBoolean(name, value);

    public static void WriteInt32(Utf8JsonWriter writer, ReadOnlySpan<byte> name, int value) => writer.WriteNumber(name, value);

    public static void WriteInt64(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long value) => writer.WriteNumber(name, value);

    public static void WriteDouble(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double value) => writer.WriteNumber(name, value);

    public static void WriteList<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, List<T> list)
        where T : IWireValue<T>
    {
        writer.WritePropertyName(name);
        WriteItems(writer, list);
    }

    /// <summary>Elements that are kinds of their own go without apiVersion and kind, as in Go's typed lists.</summary>
    public static void WriteItems<T>(Utf8JsonWriter writer, List<T> list)
        where T : IWireValue<T>
    {
        writer.WriteStartArray();
        foreach (T item in list)
        {
            WriteItem(writer, item);
        }

        writer.WriteEndArray();
    }

    /// <summary>Elements with apiVersion and kind.</summary>
    public static void WriteTypedList<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, List<T> list)
        where T : IWireValue<T>
    {
        writer.WriteStartArray(name);
        foreach (T item in list)
        {
            item.WriteJson(writer);
        }

        writer.WriteEndArray();
    }

    public static void WriteTextList(Utf8JsonWriter writer, ReadOnlySpan<byte> name, List<string> list)
    {
        writer.WritePropertyName(name);
        WriteTexts(writer, list);
    }

    public static void WriteTexts(Utf8JsonWriter writer, List<string> list)
    {
        writer.WriteStartArray();
        foreach (string item in list)
        {
            writer.WriteStringValue(item);
        }

        writer.WriteEndArray();
    }

    public static void WriteInt32List(Utf8JsonWriter writer, ReadOnlySpan<byte> name, List<int> list)
    {
        writer.WriteStartArray(name);
        foreach (int item in list)
        {
            writer.WriteNumberValue(item);
        }

        writer.WriteEndArray();
    }

    public static void WriteInt64List(Utf8JsonWriter writer, ReadOnlySpan<byte> name, List<long> list)
    {
        writer.WriteStartArray(name);
        foreach (long item in list)
        {
            writer.WriteNumberValue(item);
        }

        writer.WriteEndArray();
    }

    public static void WriteBooleanList(Utf8JsonWriter writer, ReadOnlySpan<byte> name, List<bool> list)
    {
        writer.WriteStartArray(name);
        foreach (bool item in list)
        {
            writer.WriteBooleanValue(item);
        }

        writer.WriteEndArray();
    }

    public static void WriteMap<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Dictionary<string, T> map)
        where T : IWireValue<T>
    {
        writer.WriteStartObject(name);
        foreach (string key in SortedKeys.Of(map))
        {
            writer.WritePropertyName(key);
            WriteItem(writer, map[key]);
        }

        writer.WriteEndObject();
    }

    public static void WriteTextMap(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Dictionary<string, string> map)
    {
        writer.WriteStartObject(name);
        foreach (string key in SortedKeys.Of(map))
        {
            writer.WriteString(key, map[key]);
        }

        writer.WriteEndObject();
    }

    public static void WriteBytesMap(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Dictionary<string, byte[]> map)
    {
        writer.WriteStartObject(name);
        foreach (string key in SortedKeys.Of(map))
        {
            writer.WriteBase64String(key, map[key]);
        }

        writer.WriteEndObject();
    }

    public static void WriteTextListMap(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Dictionary<string, List<string>> map)
    {
        writer.WriteStartObject(name);
        foreach (string key in SortedKeys.Of(map))
        {
            writer.WritePropertyName(key);
            WriteTexts(writer, map[key]);
        }

        writer.WriteEndObject();
    }

    private static void WriteItem<T>(Utf8JsonWriter writer, T value)
        where T : IWireValue<T>
    {
        if (!typeof(T).IsValueType && value is ITyped typed)
        {
            typed.WriteJsonItem(writer);
        }
        else
        {
            value.WriteJson(writer);
        }
    }
}
