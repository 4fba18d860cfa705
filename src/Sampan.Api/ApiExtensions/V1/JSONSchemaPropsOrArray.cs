using System.Text.Json;
using Sampan.Api.Codec;

namespace Sampan.Api.ApiExtensions.V1;

/// <summary>One schema for every item, or a list of schemas, one per item.</summary>
public sealed class JSONSchemaPropsOrArray : IApiType<JSONSchemaPropsOrArray>
{
    public JSONSchemaProps? Schema { get; set; }

    public List<JSONSchemaProps>? JSONSchemas { get; set; }

    static TypeSchema IApiType<JSONSchemaPropsOrArray>.Schema { get; } =
        new("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray") { IsAnyJson = true, Description = "One schema for all items, or a list of schemas by position." };

    public static JSONSchemaPropsOrArray ReadJson(ref Utf8JsonReader reader, JsonReadContext context) => reader.TokenType switch
    {
        JsonTokenType.Null => new(),
        JsonTokenType.StartArray => new() { JSONSchemas = ModelJson.ReadList<JSONSchemaProps>(ref reader, context) },
        JsonTokenType.StartObject => new() { Schema = JSONSchemaProps.ReadJson(ref reader, context) },
        _ => throw context.Mismatch(ref reader, "JSONSchemaPropsOrArray"),
    };

    public void WriteJson(Utf8JsonWriter writer)
    {
        if (JSONSchemas is { Count: > 0 })
        {
            ModelJson.WriteItems(writer, JSONSchemas);
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

    public static JSONSchemaPropsOrArray ReadProto(ref ProtoReader reader)
    {
        JSONSchemaPropsOrArray value = new();
        while (reader.ReadField() is var field and not 0)
        {
            switch (field)
            {
                case 1: value.Schema = reader.ReadMessage<JSONSchemaProps>(); break;
                case 2: (value.JSONSchemas ??= []).Add(reader.ReadMessage<JSONSchemaProps>()); break;
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

        foreach (JSONSchemaProps schema in JSONSchemas.OrEmpty())
        {
            writer.WriteMessage(2, schema);
        }
    }

    public JSONSchemaPropsOrArray DeepClone() => new() { Schema = Schema?.DeepClone(), JSONSchemas = ModelClone.List(JSONSchemas) };

    public bool DeepEquals(JSONSchemaPropsOrArray? other) =>
        other is not null && ModelEquality.Equal(Schema, other.Schema) && ModelEquality.Lists(JSONSchemas, other.JSONSchemas);
}
