using System.Text;
using System.Text.Json;

namespace Sampan.Api.Codec;

/// <summary>What the generated JSON readers share: null is absence.</summary>
internal static partial class ModelJson
{
    public static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected) => name.SequenceEqual(expected);

    /// <summary>The bytes of the property name that the reader stands on.</summary>
    public static ReadOnlySpan<byte> Name(ref Utf8JsonReader reader) =>
        reader.HasValueSequence || reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(JsonScalars.ReadName(ref reader)) : reader.ValueSpan;

    /// <summary>A text for which empty means absent.</summary>
    public static string? ReadText(ref Utf8JsonReader reader, JsonReadContext context) =>
        JsonScalars.ReadString(ref reader, context) is { Length: > 0 } text ? text : null;

    /// <summary>Passes over apiVersion or kind, which the caller has looked at before choosing the type.</summary>
    public static void SkipTypeMeta(ref Utf8JsonReader reader, JsonReadContext context)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
        {
            throw context.Mismatch(ref reader, "string");
        }
    }

    public static List<T>? ReadList<T>(ref Utf8JsonReader reader, JsonReadContext context)
        where T : IWireValue<T>
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw context.Mismatch(ref reader, $"[]{GoType<T>()}");
        }

        List<T> list = [];
        while (context.NextElement(ref reader, list.Count))
        {
            list.Add(T.ReadJson(ref reader, context));
            context.Leave();
        }

        return list;
    }

    public static List<int>? ReadInt32List(ref Utf8JsonReader reader, JsonReadContext context)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        context.BeginArray(ref reader, "[]int32");
        List<int> list = [];
        while (context.NextElement(ref reader, list.Count))
        {
            list.Add(JsonScalars.ReadInt32(ref reader, context) ?? 0);
            context.Leave();
        }

        return list;
    }

    public static List<long>? ReadInt64List(ref Utf8JsonReader reader, JsonReadContext context)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        context.BeginArray(ref reader, "[]int64");
        List<long> list = [];
        while (context.NextElement(ref reader, list.Count))
        {
            list.Add(JsonScalars.ReadInt64(ref reader, context) ?? 0);
            context.Leave();
        }

        return list;
    }

    public static List<bool>? ReadBooleanList(ref Utf8JsonReader reader, JsonReadContext context)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        context.BeginArray(ref reader, "[]bool");
        List<bool> list = [];
        while (context.NextElement(ref reader, list.Count))
        {
            list.Add(JsonScalars.ReadBool(ref reader, context) ?? false);
            context.Leave();
        }

        return list;
    }

    public static Dictionary<string, T>? ReadMap<T>(ref Utf8JsonReader reader, JsonReadContext context)
        where T : IWireValue<T>
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw context.Mismatch(ref reader, typeof(T) == typeof(Quantity) ? "v1.ResourceList" : $"map[string]{GoType<T>()}");
        }

        context.BeginObject(ref reader, "map");
        Dictionary<string, T> map = new(StringComparer.Ordinal);
        while (JsonReadContext.NextProperty(ref reader))
        {
            string key = JsonScalars.EnterKey(ref reader, context, map);
            map[key] = T.ReadJson(ref reader, context);
            context.Leave();
        }

        return map;
    }

    /// <summary>v1.Container: the type as Go names it.</summary>
    private static string GoType<T>() => $"{typeof(T).Namespace!.Split('.')[^1].ToLowerInvariant()}.{typeof(T).Name}";

    public static Dictionary<string, byte[]>? ReadBytesMap(ref Utf8JsonReader reader, JsonReadContext context)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        context.BeginObject(ref reader, "map[string][]uint8");
        Dictionary<string, byte[]> map = new(StringComparer.Ordinal);
        while (JsonReadContext.NextProperty(ref reader))
        {
            string key = JsonScalars.EnterKey(ref reader, context, map);
            map[key] = JsonScalars.ReadBytes(ref reader, context) ?? [];
            context.Leave();
        }

        return map;
    }

    public static Dictionary<string, List<string>>? ReadStringListMap(ref Utf8JsonReader reader, JsonReadContext context)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        context.BeginObject(ref reader, "map[string][]string");
        Dictionary<string, List<string>> map = new(StringComparer.Ordinal);
        while (JsonReadContext.NextProperty(ref reader))
        {
            string key = JsonScalars.EnterKey(ref reader, context, map);
            map[key] = JsonScalars.ReadStringList(ref reader, context) ?? [];
            context.Leave();
        }

        return map;
    }
}
