namespace Sampan.Client;

/// <summary>Reads any kind's list in protobuf: field 1 is ListMeta, field 2 the repeated items.</summary>
internal static class ProtoListDecoder
{
    public static ListResult<T> Decode<T>(ReadOnlySpan<byte> bytes, IObjectCodec<T> codec)
    {
        var wire = new ProtoWire(ProtoWire.Unwrap(bytes));
        var items = new List<T>();
        string resourceVersion = "", next = "";
        long? remaining = null;
        while (wire.Next())
        {
            if (wire.Field == 2) items.Add(codec.Decode(ProtoWire.Wrap(wire.Bytes), MediaTypes.Protobuf));
            if (wire.Field != 1) continue;
            var meta = new ProtoWire(wire.Bytes);
            while (meta.Next())
            {
                if (meta.Field == 2) resourceVersion = meta.Text;
                if (meta.Field == 3) next = meta.Text;
                if (meta.Field == 4) remaining = (long)meta.Number;
            }
        }

        return new ListResult<T>(items, resourceVersion, next.Length == 0 ? null : next, remaining);
    }
}
