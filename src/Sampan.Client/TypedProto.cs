using Sampan.Api.Codec;

namespace Sampan.Client;

/// <summary>Typed objects as protobuf, with or without Kubernetes' envelope.</summary>
internal static class TypedProto
{
    /// <summary>Answers come in an envelope, items of lists without one.</summary>
    public static T Decode<T>(ReadOnlySpan<byte> bytes)
        where T : IApiType<T>
    {
        var reader = new ProtoReader(ProtoEnvelope.HasMagic(bytes) ? ProtoEnvelope.Read(bytes).Raw : bytes);
        return T.ReadProto(ref reader);
    }
}
