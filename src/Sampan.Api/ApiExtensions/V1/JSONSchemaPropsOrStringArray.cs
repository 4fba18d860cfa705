using System.Text.Json;
using Sampan.Api.Codec;

namespace Sampan.Api.ApiExtensions.V1;

/// <summary>A schema, or the names of the properties that must also be there.</summary>
public sealed class JSONSchemaPropsOrStringArray : IApiType<JSONSchemaPropsOrStringArray>
{
    public JSONSchemaProps? Schema { get; set; }

    public List<string>? Property { get; set; }

    static TypeSchema IApiType<JSONSchemaPropsOrStringArray>.Schema { get; } =
        new("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray") { IsAnyJson = true, Description = "A schema, or a list of property names." };

    public static JSONSchemaPropsOrStringArray ReadJson(ref Utf8JsonReader reader, JsonReadContext context) => reader.TokenType switch
    {
        JsonTokenType.Null => new(),
        JsonTokenType.StartArray => new() { Property = JsonScalars.ReadStringList(ref reader, context) },
        JsonTokenType.StartObject => new() { Schema = JSONSchemaProps.ReadJson(ref reader, context) },
        _ => throw context.Mismatch(ref reader, "JSONSchemaPropsOrStringArray"),
    };

    public void WriteJson(Utf8JsonWriter writer)
    {
        if (Property is { Count: > 0 })
        {
            ModelJson.WriteTexts(writer, Property);
        }
        else if (Schema is not null)
        {
            Schema.WriteJson(writer);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    public static JSONSchemaPropsOrStringArray ReadProto(ref ProtoReader reader)
    {
        JSONSchemaPropsOrStringArray value = new();
        while (reader.ReadField() is var field and not 0)
        {
            switch (field)
            {
                case 1: value.Schema = reader.ReadMessage<JSONSchemaProps>(); break;
                case 2: (value.Property ??= []).Add(reader.ReadString()); break;
                default: reader.Skip(); break;
            }
        }

        return value;
    }

    public void WriteProto(ProtoWriter writer)
    {
        if (Schema is not null)
        {
            writer.WriteMessage(1, Schema);
        }

        foreach (string name in Property.OrEmpty())
        {
            writer.WriteString(2, name);
        }
    }

    public JSONSchemaPropsOrStringArray DeepClone() => new() { Schema = Schema?.DeepClone(), Property = ModelClone.TextList(Property) };

    public bool DeepEquals(JSONSchemaPropsOrStringArray? other) =>
        other is not null && ModelEquality.Equal(Schema, other.Schema) && ModelEquality.TextLists(Property, other.Property);
}
