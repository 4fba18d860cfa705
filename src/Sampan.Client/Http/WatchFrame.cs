using System.Text;
using System.Text.Json;
using Sampan.Api.Meta.V1;

namespace Sampan.Client.Http;

/// <summary>One decoded frame: the type, and the bytes of the object.</summary>
internal static class WatchFrame
{
    public static ApiEvent FromJson(ReadOnlyMemory<byte> frame)
    {
        string type = "";
        Range body = default;
        var reader = new Utf8JsonReader(frame.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            if (isType) type = reader.GetString() ?? "";
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isObject) body = start..(int)reader.BytesConsumed;
        }

        return Event(type, frame[body], MediaTypes.Json);
    }

    /// <summary>An enveloped <c>WatchEvent{type=1, object=2}</c>, whose object is a RawExtension of an envelope.</summary>
    public static ApiEvent FromProtobuf(ReadOnlyMemory<byte> frame)
    {
        string type = "";
        byte[] body = [];
        var wire = new ProtoWire(ProtoWire.Unwrap(frame.Span));
        while (wire.Next())
        {
            if (wire.Field == 1) type = Encoding.UTF8.GetString(wire.Bytes);
            if (wire.Field != 2) continue;
            var raw = new ProtoWire(wire.Bytes);
            while (raw.Next())
                if (raw.Field == 1) body = raw.Bytes.ToArray();
        }

        return Event(type, body, MediaTypes.Protobuf);
    }

    private static ApiEvent Event(string type, ReadOnlyMemory<byte> body, string mediaType) => type switch
    {
        "ADDED" => new(WatchEventType.Added, null, body, mediaType),
        "MODIFIED" => new(WatchEventType.Modified, null, body, mediaType),
        "DELETED" => new(WatchEventType.Deleted, null, body, mediaType),
        "BOOKMARK" => new(WatchEventType.Bookmark, null, body, mediaType),
        "ERROR" => throw new StatusException(
            mediaType == MediaTypes.Protobuf ? ProtoCodec.Decode<Status>(body.Span) : JsonCodec.Decode<Status>(body.Span)),
        _ => throw new FormatException($"unknown watch event type {type}"),
    };
}
