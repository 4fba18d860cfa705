using System.Text.Json.Nodes;
using Sampan.Api.Cel;

namespace Sampan.ControllerManager.AdmissionPolicies;

/// <summary>What expressions may take for granted of a kind, from its schema in an OpenAPI v3 document.</summary>
internal sealed class SchemaTypes
{
    private const string Prefix = "#/components/schemas/";
    private readonly JsonObject _schemas;
    private readonly Stack<string> _within = [];

    private SchemaTypes(JsonObject schemas) => _schemas = schemas;

    public static CelStaticType? Find(JsonObject document, GroupVersionKind kind)
    {
        if (document["components"]?["schemas"] is not JsonObject schemas) return null;
        var schema = schemas.Select(s => s.Value as JsonObject).FirstOrDefault(s => s is not null && Is(s, kind));
        return schema is null ? null : new SchemaTypes(schemas).TypeOf(schema, kind.Kind);
    }

    private static bool Is(JsonObject schema, GroupVersionKind kind) =>
        schema["x-kubernetes-group-version-kind"] is JsonArray kinds && kinds.Any(k =>
            (string?)k!["group"] == kind.Group && (string?)k["version"] == kind.Version && (string?)k["kind"] == kind.Kind);

    private CelStaticType TypeOf(JsonObject schema, string name)
    {
        if (ReferenceOf(schema) is { } reference) return TypeOfReference(reference, name);
        if ((string?)schema["format"] == "int-or-string" || (bool?)schema["x-kubernetes-int-or-string"] == true) return CelStaticType.Dyn;
        return (string?)schema["type"] switch
        {
            "object" => TypeOfObject(schema, name),
            "array" => CelStaticType.List(schema["items"] is JsonObject items ? TypeOf(items, name + ".@idx") : CelStaticType.Dyn),
            "boolean" => CelStaticType.Bool,
            "integer" => CelStaticType.Int,
            "number" => CelStaticType.Double,
            "string" => (string?)schema["format"] switch
            {
                "byte" => CelStaticType.Bytes,
                "date" or "date-time" => CelStaticType.Timestamp,
                "duration" => CelStaticType.Duration,
                _ => CelStaticType.String,
            },
            // Quantities are written as a text or a number, and read as a text.
            null when schema["oneOf"] is JsonArray => CelStaticType.String,
            _ => CelStaticType.Dyn,
        };
    }

    private CelStaticType TypeOfObject(JsonObject schema, string name)
    {
        if (schema["additionalProperties"] is JsonObject values) return CelStaticType.Map(CelStaticType.String, TypeOf(values, name + ".@elem"));
        if (schema["properties"] is not JsonObject properties) return CelStaticType.Dyn;
        return CelStaticType.Object(name, properties.ToDictionary(p => p.Key, p => TypeOf((JsonObject)p.Value!, $"{name}.{p.Key}")));
    }

    /// <summary>A schema that contains itself is not followed any further.</summary>
    private CelStaticType TypeOfReference(string reference, string name)
    {
        if (_within.Contains(reference) || _schemas[reference] is not JsonObject schema) return CelStaticType.Dyn;
        _within.Push(reference);
        var type = TypeOf(schema, name);
        _within.Pop();
        return type;
    }

    /// <summary>A reference stands alone, or in allOf beside a description or a default.</summary>
    private static string? ReferenceOf(JsonObject schema)
    {
        var reference = (string?)schema["$ref"] ?? (schema["allOf"] is JsonArray { Count: 1 } all ? (string?)all[0]!["$ref"] : null);
        return reference?.StartsWith(Prefix, StringComparison.Ordinal) == true ? reference[Prefix.Length..] : null;
    }
}
