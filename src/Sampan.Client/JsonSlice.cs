using System.Text.Json;

namespace Sampan.Client;

/// <summary>Cuts single values out of a JSON text without decoding them.</summary>
internal static class JsonSlice
{
    /// <summary>The bytes of the value after the property name at which the reader stands.</summary>
    public static ReadOnlySpan<byte> Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        reader.Read();
        return Current(ref reader, text);
    }

    /// <summary>The bytes of the value at which the reader stands.</summary>
    public static ReadOnlySpan<byte> Current(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return text[start..(int)reader.BytesConsumed];
    }
}
