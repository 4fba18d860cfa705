using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sampan.ApiServer.Apply;

/// <summary>Parts of JSON documents as text.</summary>
internal static class JsonTexts
{
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonDocumentOptions DocumentOptions { get; } = new() { MaxDepth = 512 };

    /// <summary>A scalar in its one spelling.</summary>
    public static string Scalar(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? Quoted(value.GetString()!)
        : Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value));

    public static string Quoted(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    public static bool IsAbsent(this JsonElement value) => value.ValueKind == JsonValueKind.Undefined;

    public static bool IsNothing(this JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    /// <summary>Absent, null, or an object or list without content.</summary>
    public static bool IsEmpty(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.GetPropertyCount() == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        var kind => kind is JsonValueKind.Undefined or JsonValueKind.Null,
    };

    /// <summary>The property, or an absent value.</summary>
    public static JsonElement Get(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var found) ? found : default;

    public static bool SameText(JsonElement left, JsonElement right) =>
        JsonMarshal.GetRawUtf8Value(left).SequenceEqual(JsonMarshal.GetRawUtf8Value(right));
}
