namespace Sampan.Client;

internal sealed class TypedContent<T>(T value) : ApiContent
    where T : class, IApiType<T>
{
    public override object Value => value;

    public override EncodedContent Encode(WireFormat format)
    {
        if (format != WireFormat.Protobuf || value is not ITyped typed) return new(JsonCodec.Encode(value), MediaTypes.Json);
        using var writer = new ProtoWriter();
        ProtoEnvelope.Write(writer, typed.ApiVersion, typed.Kind, value);
        return new(writer.ToArray(), MediaTypes.Protobuf);
    }
}
