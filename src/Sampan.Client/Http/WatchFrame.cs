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
        var type = "";
        byte[] body = [];
        var reader = new ProtoReader(ProtoEnvelope.Read(frame.Span).Raw);
        while (reader.ReadField() is var field and not 0)
        {
            if (field == 1) type = reader.ReadString();
            else if (field == 2) body = Raw(reader.ReadNested());
            else reader.Skip();
        }

        return Event(type, body, MediaTypes.Protobuf);
    }

    private static byte[] Raw(ProtoReader extension)
    {
        while (extension.ReadField() is var field and not 0)
        {
            if (field == 1) return extension.ReadBytes();
            extension.Skip();
        }

        return [];
    }

    private static ApiEvent Event(string type, ReadOnlyMemory<byte> body, string mediaType) => type switch
    {
        "ADDED" => new(WatchEventType.Added, null, body, mediaType),
        "MODIFIED" => new(WatchEventType.Modified, null, body, mediaType),
        "DELETED" => new(WatchEventType.Deleted, null, body, mediaType),
        "BOOKMARK" => new(WatchEventType.Bookmark, null, body, mediaType),
        "ERROR" => throw new StatusException(
            mediaType == MediaTypes.Protobuf ? TypedProto.Decode<Status>(body.Span) : JsonCodec.Decode<Status>(body.Span)),
        _ => throw new FormatException($"unknown watch event type {type}"),
    };
}
