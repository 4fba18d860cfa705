using System.Text.Json;
using Sampan.Api.Codec;

namespace Sampan.Api.ApiExtensions.V1;

/// <summary>A schema, or true or false: whether anything is allowed.</summary>
public sealed class JSONSchemaPropsOrBool : IApiType<JSONSchemaPropsOrBool>
{
    /// <summary>True with a schema too.</summary>
    public bool Allows { get; set; }

    public JSONSchemaProps? Schema { get; set; }

    static TypeSchema IApiType<JSONSchemaPropsOrBool>.Schema { get; } =
        new("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool") { IsAnyJson = true, Description = "A schema, or true or false for everything or nothing." };

    public static JSONSchemaPropsOrBool ReadJson(ref Utf8JsonReader reader, JsonReadContext context) => reader.TokenType switch
    {
        JsonTokenType.True => new() { Allows = true },
        JsonTokenType.False or JsonTokenType.Null => new(),
        JsonTokenType.StartObject => new() { Allows = true, Schema = JSONSchemaProps.ReadJson(ref reader, context) },
        _ => throw context.Mismatch(ref reader, "JSONSchemaPropsOrBool"),
    };

    public void WriteJson(Utf8JsonWriter writer)
    {
        if (Schema is null)
        {
            writer.WriteBooleanValue(Allows);
        }
        else
        {
            Schema.WriteJson(writer);
        }
    }

    public static JSONSchemaPropsOrBool ReadProto(ref ProtoReader reader)
    {
        JSONSchemaPropsOrBool value = new();
        while (reader.ReadField() is var field and not 0)
        {
            switch (field)
            {
                case 1: value.Allows = reader.ReadBool(); break;
                case 2: value.Schema = reader.ReadMessage<JSONSchemaProps>(); break;
                default: reader.Skip(); break;
            }
        }

        return value;
    }

    public void WriteProto(ProtoWriter writer)
    {
        writer.WriteBool(1, Allows);
        if (Schema is not null)
        {
            writer.WriteMessage(2, Schema);
        }
    }

    public JSONSchemaPropsOrBool DeepClone() => new() { Allows = Allows, Schema = Schema?.DeepClone() };

    public bool DeepEquals(JSONSchemaPropsOrBool? other) =>
        other is not null && Allows == other.Allows && ModelEquality.Equal(Schema, other.Schema);
}
