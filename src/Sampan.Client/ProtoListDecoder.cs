using Sampan.Api.Codec;

namespace Sampan.Client;

/// <summary>Reads any kind's list in protobuf: field 1 is ListMeta, field 2 the repeated items.</summary>
internal static class ProtoListDecoder
{
    public static ListResult<T> Decode<T>(ReadOnlySpan<byte> bytes, IObjectCodec<T> codec)
    {
        var reader = new ProtoReader(ProtoEnvelope.Read(bytes).Raw);
        var items = new List<T>();
        var meta = default(ListMetaFields);
        while (reader.ReadField() is var field and not 0)
        {
            if (field == 1) meta = ReadMeta(reader.ReadNested());
            else if (field == 2) items.Add(codec.Decode(reader.ReadSpan(), MediaTypes.Protobuf));
            else reader.Skip();
        }

        return new ListResult<T>(items, meta.ResourceVersion ?? "", meta.Continue, meta.Remaining);
    }

    private static ListMetaFields ReadMeta(ProtoReader reader)
    {
        var meta = default(ListMetaFields);
        while (reader.ReadField() is var field and not 0)
        {
            switch (field)
            {
                case 2: meta = meta with { ResourceVersion = reader.ReadString() }; break;
                case 3: meta = meta with { Continue = reader.ReadString() is { Length: > 0 } next ? next : null }; break;
                case 4: meta = meta with { Remaining = reader.ReadInt64() }; break;
                default: reader.Skip(); break;
            }
        }

        return meta;
    }
}
