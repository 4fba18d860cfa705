using System.Buffers;
using System.Text.Json;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>{"kind":"PodList","apiVersion":"v1","metadata":{…},"items":[…,…]}</summary>
internal sealed class JsonListBody(string version, string kind, IReadOnlyList<CachedObject> items, ListMeta meta)
    : ListBody(items, Head(version, kind, meta), "]}\n"u8.ToArray())
{
    protected override int LengthOf(CachedObject item, int index) => item.Json.Length + (index > 0 ? 1 : 0);

    protected override void Write(IBufferWriter<byte> writer, CachedObject item, int index)
    {
        if (index > 0)
        {
            writer.Write(","u8);
        }
        writer.Write(item.Json.Span);
    }

    private static byte[] Head(string version, string kind, ListMeta meta)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(output, JsonCodec.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", kind);
            writer.WriteString("apiVersion", version);
            writer.WritePropertyName("metadata");
            meta.WriteJson(writer);
            writer.WriteStartArray("items");
        }
        return output.WrittenSpan.ToArray();
    }
}
