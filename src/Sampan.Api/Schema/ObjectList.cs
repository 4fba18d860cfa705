using System.Text.Json;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;

namespace Sampan.Api;

/// <summary>A list of objects of one kind: PodList and all its likes.</summary>
public sealed class ObjectList<T> : ITyped, IWireValue<ObjectList<T>>
    where T : class, IObject<T>
{
    public string ApiVersion => T.Info.ApiVersion;

    public string Kind => T.Info.ListKind;

    public ListMeta Metadata { get; set; } = new();

    public List<T> Items { get; set; } = [];

    static ObjectList<T> IWireValue<ObjectList<T>>.ReadJson(ref Utf8JsonReader reader, JsonReadContext context)
    {
        ObjectList<T> list = new();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return list;
        }

        context.BeginObject(ref reader, "list");
        while (JsonReadContext.NextProperty(ref reader))
        {
            list.ReadProperty(ref reader, context);
        }

        return list;
    }

    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, Kind);
        writer.WriteString("apiVersion"u8, ApiVersion);
        WriteFields(writer);
        writer.WriteEndObject();
    }

    public void WriteJsonItem(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteFields(writer);
        writer.WriteEndObject();
    }

    static ObjectList<T> IWireValue<ObjectList<T>>.ReadProto(ref ProtoReader reader)
    {
        ObjectList<T> list = new();
        while (reader.ReadField() is var field and not 0)
        {
            switch (field)
            {
                case 1: list.Metadata = reader.ReadMessage<ListMeta>(); break;
                case 2: list.Items.Add(reader.ReadMessage<T>()); break;
                default: reader.Skip(); break;
            }
        }

        return list;
    }

    public void WriteProto(ProtoWriter writer)
    {
        writer.WriteMessage(1, Metadata);
        foreach (T item in Items)
        {
            writer.WriteMessage(2, item);
        }
    }

    private void ReadProperty(ref Utf8JsonReader reader, JsonReadContext context)
    {
        if (reader.ValueTextEquals("metadata"u8))
        {
            context.Enter(ref reader, "metadata");
            Metadata = ListMeta.ReadJson(ref reader, context);
            context.Leave();
        }
        else if (reader.ValueTextEquals("items"u8))
        {
            context.Enter(ref reader, "items");
            Items = ModelJson.ReadList<T>(ref reader, context) ?? [];
            context.Leave();
        }
        else if (reader.ValueTextEquals("kind"u8) || reader.ValueTextEquals("apiVersion"u8))
        {
            reader.Skip();
        }
        else
        {
            context.Unknown(ref reader);
        }
    }

    private void WriteFields(Utf8JsonWriter writer)
    {
        writer.WritePropertyName("metadata"u8);
        Metadata.WriteJson(writer);
        ModelJson.WriteList(writer, "items"u8, Items);
    }
}
