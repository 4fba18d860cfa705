namespace Sampan.Client;

/// <summary>How a <see cref="ResourceClient{T}"/> reads and writes its objects: typed, as trees, or metadata only.</summary>
public interface IObjectCodec<T>
{
    ObjectForm Form { get; }

    /// <summary>Decodes one object; <paramref name="mediaType"/> tells JSON from protobuf.</summary>
    T Decode(ReadOnlySpan<byte> bytes, string mediaType);

    /// <summary>Takes an object that a loopback handed over.</summary>
    T FromValue(object value);

    ApiContent Content(T value);

    ObjectKey Key(T value);

    string ResourceVersion(T value);

    string Uid(T value);

    /// <summary>True once the object has a deletion timestamp.</summary>
    bool IsDeleting(T value);
}
