namespace Sampan.Api.Codec;

/// <summary>What the generated protobuf code shares.</summary>
internal static class ModelProto
{
    /// <summary>A text for which empty means absent.</summary>
    public static string? ReadText(ref ProtoReader reader) => reader.ReadString() is { Length: > 0 } text ? text : null;

    /// <summary>Go writes "no time" as an empty message.</summary>
    public static Time? ReadTime(Time time) => time.IsZero ? null : time;

    public static MicroTime? ReadTime(MicroTime time) => time.IsZero ? null : time;

    public static void ReadNumbers(ref ProtoReader reader, List<int> list)
    {
        ProtoReader packed = reader;
        if (Unpack(ref reader, ref packed))
        {
            while (!packed.AtEnd)
            {
                list.Add((int)packed.ReadVarint());
            }
        }
        else
        {
            list.Add(reader.ReadInt32());
        }
    }

    public static void ReadNumbers(ref ProtoReader reader, List<long> list)
    {
        ProtoReader packed = reader;
        if (Unpack(ref reader, ref packed))
        {
            while (!packed.AtEnd)
            {
                list.Add((long)packed.ReadVarint());
            }
        }
        else
        {
            list.Add(reader.ReadInt64());
        }
    }

    public static void ReadNumbers(ref ProtoReader reader, List<bool> list)
    {
        ProtoReader packed = reader;
        if (Unpack(ref reader, ref packed))
        {
            while (!packed.AtEnd)
            {
                list.Add(packed.ReadVarint() != 0);
            }
        }
        else
        {
            list.Add(reader.ReadBool());
        }
    }

    /// <summary>A message whose field 1 repeats the strings: Go's named list types.</summary>
    public static void ReadWrappedList(ref ProtoReader reader, List<string> list)
    {
        ProtoReader nested = reader.ReadNested();
        while (nested.ReadField() is var field and not 0)
        {
            if (field == 1)
            {
                list.Add(nested.ReadString());
            }
            else
            {
                nested.Skip();
            }
        }
    }

    public static void WriteWrappedList(ProtoWriter writer, int number, List<string> list)
    {
        int mark = writer.BeginMessage(number);
        foreach (string item in list)
        {
            writer.WriteString(1, item);
        }

        writer.EndMessage(mark);
    }

    public static void ReadListMapEntry(ref ProtoReader reader, Dictionary<string, List<string>> map)
    {
        ProtoReader entry = reader.ReadNested();
        string key = "";
        List<string> list = [];
        while (entry.ReadField() is var field and not 0)
        {
            switch (field)
            {
                case 1: key = entry.ReadString(); break;
                case 2: ReadWrappedList(ref entry, list); break;
                default: entry.Skip(); break;
            }
        }

        map[key] = list;
    }

    public static void WriteListMap(ProtoWriter writer, int number, Dictionary<string, List<string>> map)
    {
        foreach (string key in SortedKeys.Of(map))
        {
            int mark = writer.BeginMessage(number);
            writer.WriteString(1, key);
            WriteWrappedList(writer, 2, map[key]);
            writer.EndMessage(mark);
        }
    }

    /// <summary>Numbers may come one by one or packed into bytes.</summary>
    private static bool Unpack(ref ProtoReader reader, ref ProtoReader packed)
    {
        if (reader.WireType != ProtoWireType.Bytes)
        {
            return false;
        }

        packed = reader.ReadNested();
        return true;
    }
}
