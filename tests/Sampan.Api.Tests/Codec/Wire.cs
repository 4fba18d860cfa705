using System.Text;
using System.Text.Json;
using Sampan.Api.Codec;

namespace Sampan.Api.Tests.Codec;

internal static class Wire
{
    public static string ToJson<T>(T value)
        where T : IWireValue<T>
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, JsonTree.WriterOptions))
        {
            value.WriteJson(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static T FromJson<T>(string json)
        where T : IWireValue<T>
    {
        Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return T.ReadJson(ref reader, new JsonReadContext());
    }

    public static T ThroughJson<T>(T value)
        where T : IWireValue<T> => FromJson<T>(ToJson(value));

    public static byte[] ToProto<T>(T value)
        where T : IWireValue<T>
    {
        using ProtoWriter writer = new();
        value.WriteProto(writer);
        return writer.ToArray();
    }

    public static T FromProto<T>(byte[] bytes)
        where T : IWireValue<T>
    {
        ProtoReader reader = new(bytes);
        return T.ReadProto(ref reader);
    }

    public static T ThroughProto<T>(T value)
        where T : IWireValue<T> => FromProto<T>(ToProto(value));
}
