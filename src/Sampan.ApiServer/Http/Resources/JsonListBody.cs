using System.Buffers;
using System.Text.Json;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>{"kind":"PodList","apiVersion":"v1","metadata":{…},"items":[…,…]}</summary>
internal sealed class JsonListBody(string version, string kind, IReadOnlyCollection<CachedObject> items, ListMeta meta) : ListBody(items)
{
    protected override void Begin(IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, JsonCodec.WriterOptions);
        WriteHead(writer, version, kind, meta);
    }

    protected override ReadOnlyMemory<byte> Write(IBufferWriter<byte> output, CachedObject item, int index)
    {
        if (index > 0)
        {
            output.Write(","u8);
        }
        return item.Json;
    }

    protected override void End(IBufferWriter<byte> output) => output.Write("]}\n"u8);

    public static void WriteHead(Utf8JsonWriter writer, string version, string kind, ListMeta meta)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", kind);
        writer.WriteString("apiVersion", version);
        writer.WritePropertyName("metadata");
        meta.WriteJson(writer);
        writer.WriteStartArray("items");
    }
}
