using System.Text;

namespace Sampan.Api.Codec;

/// <summary>YAML documents to and from the model, by way of JSON.</summary>
public static class YamlCodec
{
    public static T Decode<T>(ReadOnlySpan<byte> yaml, JsonReadContext? context = null)
        where T : IWireValue<T> => JsonCodec.Decode<T>(YamlTree.ToJson(yaml, context), context);

    public static ITyped Decode(KindInfo kind, ReadOnlySpan<byte> yaml, JsonReadContext? context = null) =>
        JsonCodec.Decode(kind, YamlTree.ToJson(yaml, context), context);

    public static byte[] Encode<T>(T value)
        where T : IWireValue<T> => Encoding.UTF8.GetBytes(YamlTree.Format(JsonTree.Parse(JsonCodec.Encode(value))));
}
