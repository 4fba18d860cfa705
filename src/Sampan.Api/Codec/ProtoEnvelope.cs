namespace Sampan.Api.Codec;

/// <summary>
/// The outer layer of application/vnd.kubernetes.protobuf: four magic bytes, then runtime.Unknown with the type and the object's bytes.
/// <code>
/// 6b 38 73 00 | Unknown { 1: TypeMeta { 1: apiVersion, 2: kind }, 2: raw, 3: contentEncoding, 4: contentType }
/// </code>
/// </summary>
public readonly ref struct ProtoEnvelope
{
    private ProtoEnvelope(string apiVersion, string kind, ReadOnlySpan<byte> raw, string contentEncoding, string contentType)
    {
        ApiVersion = apiVersion;
        Kind = kind;
        Raw = raw;
        ContentEncoding = contentEncoding;
        ContentType = contentType;
    }

    public static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    public string ApiVersion { get; }

    public string Kind { get; }

    /// <summary>The object's own bytes; protobuf unless <see cref="ContentType"/> says otherwise.</summary>
    public ReadOnlySpan<byte> Raw { get; }

    public string ContentEncoding { get; }

    public string ContentType { get; }

    public static bool HasMagic(ReadOnlySpan<byte> data) => data.StartsWith(Magic);

    public static ProtoEnvelope Read(ReadOnlySpan<byte> data)
    {
        if (!HasMagic(data))
        {
            throw new ProtoFormatException("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        }

        string apiVersion = "", kind = "", encoding = "", type = "";
        ReadOnlySpan<byte> raw = default;
        ProtoReader reader = new(data[Magic.Length..]);
        while (reader.ReadField() is var field and not 0)
        {
            switch (field)
            {
                case 1: ReadType(reader.ReadNested(), ref apiVersion, ref kind); break;
                case 2: raw = reader.ReadSpan(); break;
                case 3: encoding = reader.ReadString(); break;
                case 4: type = reader.ReadString(); break;
                default: reader.Skip(); break;
            }
        }

        return new ProtoEnvelope(apiVersion, kind, raw, encoding, type);
    }

    /// <summary>Writes the envelope around one object.</summary>
    public static void Write<T>(ProtoWriter writer, string apiVersion, string kind, T value)
        where T : IWireValue<T>
    {
        int mark = Begin(writer, apiVersion, kind);
        value.WriteProto(writer);
        End(writer, mark);
    }

    /// <summary>Starts an envelope; the object's fields follow, then <see cref="End"/>.</summary>
    public static int Begin(ProtoWriter writer, string apiVersion, string kind)
    {
        writer.WriteRaw(Magic);
        int type = writer.BeginMessage(1);
        writer.WriteString(1, apiVersion);
        writer.WriteString(2, kind);
        writer.EndMessage(type);
        return writer.BeginMessage(2);
    }

    public static void End(ProtoWriter writer, int mark)
    {
        writer.EndMessage(mark);
        writer.WriteString(3, "");
        writer.WriteString(4, "");
    }

    private static void ReadType(ProtoReader reader, ref string apiVersion, ref string kind)
    {
        while (reader.ReadField() is var field and not 0)
        {
            switch (field)
            {
                case 1: apiVersion = reader.ReadString(); break;
                case 2: kind = reader.ReadString(); break;
                default: reader.Skip(); break;
            }
        }
    }
}
