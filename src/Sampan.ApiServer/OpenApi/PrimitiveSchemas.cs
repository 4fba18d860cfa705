using System.Text.Json;
using Sampan.Api;

namespace Sampan.ApiServer.OpenApi;

/// <summary>The schemas of values that are text or JSON on the wire.</summary>
internal static class PrimitiveSchemas
{
    /// <summary>Writes the schema with the name, if it is a primitive's.</summary>
    public static bool TryWrite(Utf8JsonWriter writer, string name, OpenApiFlavor flavor)
    {
        if (Descriptions.GetValueOrDefault(name) is not { } description)
            return false;
        writer.WriteStartObject();
        writer.WriteString("description", description);
        WriteType(writer, name, flavor);
        writer.WriteEndObject();
        return true;
    }

    private static Dictionary<string, string> Descriptions { get; } = new()
    {
        [SchemaNames.Of(FieldType.Quantity)!] = "A number with a suffix, such as 100m, 1.5 or 2Gi.",
        [SchemaNames.Of(FieldType.IntOrString)!] = "A whole number or a text, such as 80, http or 25%.",
        [SchemaNames.Of(FieldType.Time)!] = "A moment to the second in RFC 3339.",
        [SchemaNames.Of(FieldType.MicroTime)!] = "A moment to the microsecond in RFC 3339.",
        [SchemaNames.Of(FieldType.RawExtension)!] = "An object of any kind.",
        [SchemaNames.Of(FieldType.FieldsV1)!] = "A set of fields: keys are f:name, k:{key of a list element} or v:value.",
        [SchemaNames.Of(FieldType.Json)!] = "Any JSON value.",
        [SchemaNames.Patch] = "A change to an object, in the form that the content type names.",
    };

    private static void WriteType(Utf8JsonWriter writer, string name, OpenApiFlavor flavor)
    {
        if (name == SchemaNames.Of(FieldType.Json))
            return;
        if (name == SchemaNames.Of(FieldType.Quantity))
            WriteChoice(writer, flavor, null, "string", "number");
        else if (name == SchemaNames.Of(FieldType.IntOrString))
            WriteChoice(writer, flavor, "int-or-string", "integer", "string");
        else if (name == SchemaNames.Of(FieldType.Time) || name == SchemaNames.Of(FieldType.MicroTime))
            WriteChoice(writer, OpenApiFlavor.V2, "date-time");
        else
            writer.WriteString("type", "object");
    }

    /// <summary>Swagger 2.0 knows no choice: such a value is a string there.</summary>
    private static void WriteChoice(Utf8JsonWriter writer, OpenApiFlavor flavor, string? format, params string[] types)
    {
        if (format is not null)
            writer.WriteString("format", format);
        if (flavor == OpenApiFlavor.V2)
        {
            writer.WriteString("type", "string");
            return;
        }

        writer.WriteStartArray("oneOf");
        foreach (var type in types)
        {
            writer.WriteStartObject();
            writer.WriteString("type", type);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
