using System.Text.Json;
using Sampan.Api.Meta.V1;

namespace Sampan.Client;

internal sealed class PartialCodec : IObjectCodec<PartialObject>
{
    public static readonly PartialCodec Instance = new();

    public ObjectForm Form => ObjectForm.Metadata;

    public PartialObject Decode(ReadOnlySpan<byte> bytes, string mediaType)
    {
        string apiVersion = "", kind = "";
        ObjectMeta? metadata = null;
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("apiVersion"u8)) apiVersion = ReadString(ref reader);
            else if (reader.ValueTextEquals("kind"u8)) kind = ReadString(ref reader);
            else if (reader.ValueTextEquals("metadata"u8)) metadata = JsonCodec.Decode<ObjectMeta>(JsonSlice.Value(ref reader, bytes));
            else reader.Skip();
        }

        return new PartialObject(apiVersion, kind, metadata ?? new ObjectMeta());
    }

    /// <summary>A loopback may hand over the whole object: its metadata is all that counts.</summary>
    public PartialObject FromValue(object value) => value switch
    {
        PartialObject partial => partial,
        PartialObjectMetadata partial => new PartialObject(partial.ApiVersion, partial.Kind, partial.Metadata),
        IObject whole => new PartialObject(whole.ApiVersion, whole.Kind, whole.Metadata),
        _ => throw new InvalidCastException($"{value.GetType()} has no metadata"),
    };

    public ApiContent Content(PartialObject value) =>
        throw new NotSupportedException("objects known by their metadata only cannot be created or replaced; patch them");

    public ObjectKey Key(PartialObject value) => new(value.Metadata.Namespace, value.Metadata.Name);

    public string ResourceVersion(PartialObject value) => value.Metadata.ResourceVersion ?? "";

    public string Uid(PartialObject value) => value.Metadata.Uid;

    public bool IsDeleting(PartialObject value) => value.Metadata.DeletionTimestamp is not null;

    private static string ReadString(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString() ?? "";
    }
}
