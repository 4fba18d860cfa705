namespace Sampan.Api.Codec;

/// <summary>Whole protobuf documents, in the envelope that names their kind, to and from the model.</summary>
public static class ProtoCodec
{
    public static byte[] Encode<T>(T value)
        where T : class, ITyped, IWireValue<T>
    {
        using ProtoWriter writer = new();
        ProtoEnvelope.Write(writer, value.ApiVersion, value.Kind, value);
        return writer.ToArray();
    }

    /// <summary>Encodes an object whose type the caller does not know.</summary>
    public static void Encode(ITyped value, ProtoWriter writer)
    {
        KindInfo kind = Kinds.Find(value.ApiVersion, value.Kind)
            ?? throw new ProtoFormatException($"no kind \"{value.Kind}\" is registered for version \"{value.ApiVersion}\"");
        int mark = ProtoEnvelope.Begin(writer, value.ApiVersion, value.Kind);
        kind.WriteProto(value, writer);
        ProtoEnvelope.End(writer, mark);
    }

    /// <summary>Decodes a document that is known to hold a <typeparamref name="T"/>.</summary>
    public static T Decode<T>(ReadOnlySpan<byte> data)
        where T : IWireValue<T>
    {
        ProtoReader reader = new(ProtoEnvelope.Read(data).Raw);
        return T.ReadProto(ref reader);
    }

    /// <summary>Decodes a document by the kind that its envelope names.</summary>
    public static ITyped Decode(ReadOnlySpan<byte> data)
    {
        ProtoEnvelope envelope = ProtoEnvelope.Read(data);
        KindInfo kind = Kinds.Find(envelope.ApiVersion, envelope.Kind)
            ?? throw new ProtoFormatException($"no kind \"{envelope.Kind}\" is registered for version \"{envelope.ApiVersion}\"");
        ProtoReader reader = new(envelope.Raw);
        return kind.ReadProto(ref reader);
    }
}
