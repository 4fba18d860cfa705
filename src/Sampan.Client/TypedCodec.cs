namespace Sampan.Client;

internal sealed class TypedCodec<T> : IObjectCodec<T>
    where T : class, IObject<T>
{
    public static readonly TypedCodec<T> Instance = new();

    public ObjectForm Form => ObjectForm.Typed;

    public T Decode(ReadOnlySpan<byte> bytes, string mediaType) => mediaType.StartsWith(MediaTypes.Protobuf, StringComparison.Ordinal)
        ? TypedProto.Decode<T>(bytes)
        : JsonCodec.Decode<T>(bytes);

    public T FromValue(object value) => (T)value;

    public ApiContent Content(T value) => ApiContent.Of(value);

    public ObjectKey Key(T value) => new(value.Metadata.Namespace, value.Metadata.Name);

    public string ResourceVersion(T value) => value.Metadata.ResourceVersion ?? "";

    public string Uid(T value) => value.Metadata.Uid;

    public bool IsDeleting(T value) => value.Metadata.DeletionTimestamp is not null;
}
