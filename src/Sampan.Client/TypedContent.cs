namespace Sampan.Client;

internal sealed class TypedContent<T>(T value) : ApiContent
    where T : class, IApiType<T>
{
    public override object Value => value;

    public override EncodedContent Encode(WireFormat format) => format == WireFormat.Protobuf && value is IObject
        ? new(ProtoCodec.Encode(value), MediaTypes.Protobuf)
        : new(JsonCodec.Encode(value), MediaTypes.Json);
}
