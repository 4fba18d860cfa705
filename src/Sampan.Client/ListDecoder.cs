using System.Text.Json;

namespace Sampan.Client;

/// <summary>Reads any kind's list: <c>{"metadata":{…},"items":[…]}</c>.</summary>
internal static class ListDecoder
{
    public static ListResult<T> Decode<T>(ApiResponse response, IObjectCodec<T> codec) => response.Value switch
    {
        ObjectList list => new(
            list.Items.Select(codec.FromValue).ToArray(), list.ResourceVersion, list.Continue, list.RemainingItemCount),
        null when response.MediaType.StartsWith(MediaTypes.Protobuf, StringComparison.Ordinal) =>
            ProtoListDecoder.Decode(response.Body.Span, codec),
        null => DecodeJson(response.Body.Span, codec),
        var other => throw new InvalidCastException($"the transport answered a list with {other.GetType()}"),
    };

    private static ListResult<T> DecodeJson<T>(ReadOnlySpan<byte> text, IObjectCodec<T> codec)
    {
        var items = new List<T>();
        var meta = default(ListMetaFields);
        var reader = new Utf8JsonReader(text);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("metadata"u8))
                meta = ListMetaFields.Read(JsonSlice.Value(ref reader, text));
            else if (reader.ValueTextEquals("items"u8))
                ReadItems(ref reader, text, codec, items);
            else
                reader.Skip();
        }

        return new ListResult<T>(items, meta.ResourceVersion ?? "", meta.Continue, meta.Remaining);
    }

    private static void ReadItems<T>(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, IObjectCodec<T> codec, List<T> items)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray) return;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(codec.Decode(JsonSlice.Current(ref reader, text), MediaTypes.Json));
    }
}
