using System.Text.Json.Nodes;

namespace Sampan.Client;

/// <summary>The body of a request: an object that HTTP encodes and the loopback takes as it is.</summary>
public abstract class ApiContent
{
    /// <summary>A typed object, a <see cref="JsonNode"/>, or the raw bytes as <see cref="ReadOnlyMemory{T}"/>.</summary>
    public abstract object Value { get; }

    /// <summary>Encodes the value and says which media type that is.</summary>
    public abstract EncodedContent Encode(WireFormat format);

    public static ApiContent Of<T>(T value)
        where T : class, IApiType<T> => new TypedContent<T>(value);

    public static ApiContent Of(JsonNode value) => new TreeContent(value);

    public static ApiContent Of(ReadOnlyMemory<byte> bytes, string mediaType) => new RawContent(bytes, mediaType);
}
