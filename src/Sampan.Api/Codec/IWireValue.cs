using System.Text.Json;

namespace Sampan.Api.Codec;

/// <summary>A value with a JSON and a protobuf form: what every model type and every primitive offers the generated codecs.</summary>
public interface IWireValue<TSelf> : IJsonWritable
    where TSelf : IWireValue<TSelf>
{
    /// <summary>Reads the value the reader stands on, and leaves the reader on the value's last token.</summary>
    static abstract TSelf ReadJson(ref Utf8JsonReader reader, JsonReadContext context);

    /// <summary>Reads the message's body: the reader spans exactly the message.</summary>
    static abstract TSelf ReadProto(ref ProtoReader reader);

    /// <summary>Writes the message's body, without tag and length.</summary>
    void WriteProto(ProtoWriter writer);
}
