using System.Text.Json;
using Sampan.Api.Codec;

namespace Sampan.Api;

/// <summary>What the types that hold a raw JSON value share.</summary>
internal static class RawJson
{
    public static int Hash(ReadOnlySpan<byte> raw)
    {
        HashCode hash = default;
        hash.AddBytes(raw);
        return hash.ToHashCode();
    }

    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> raw)
    {
        if (raw.IsEmpty)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteRawValue(raw, skipInputValidation: true);
        }
    }

    public static byte[] ReadProto(ref ProtoReader reader)
    {
        byte[] raw = [];
        while (reader.ReadField() is var field and not 0)
        {
            if (field == 1)
            {
                raw = reader.ReadBytes();
            }
            else
            {
                reader.Skip();
            }
        }

        return raw.Length == 0 ? raw : Checked(raw);
    }

    public static void WriteProto(ProtoWriter writer, byte[]? raw)
    {
        if (raw is not null)
        {
            writer.WriteBytes(1, raw);
        }
    }

    // The bytes go into JSON documents unchecked later, so they are checked where they enter.
    private static byte[] Checked(byte[] raw)
    {
        try
        {
            return JsonRaw.Compact(raw);
        }
        catch (JsonFormatException e)
        {
            throw new ProtoFormatException("raw field does not hold JSON: " + e.Message, e);
        }
    }
}
