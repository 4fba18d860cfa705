using System.Globalization;
using System.Text.Json;
using Sampan.Api;

namespace Sampan.ApiServer.OpenApi;

/// <summary>Writes the model's types as JSON schemas.</summary>
internal sealed class SchemaWriter(Utf8JsonWriter writer, OpenApiFlavor flavor, Func<string, IReadOnlyList<GroupVersionKind>> kindsOf)
{
    public void Write(TypeSchema type)
    {
        writer.WriteStartObject();
        if (type.Description is { } description)
            writer.WriteString("description", description);
        if (!type.IsAnyJson)
            WriteObject(type);
        if (type.MapType is { } mapType)
            writer.WriteString("x-kubernetes-map-type", mapType);
        if (type.Unions is { } unions)
        {
            writer.WritePropertyName("x-kubernetes-unions");
            writer.WriteRawValue(unions);
        }

        WriteKinds(type.Name);
        writer.WriteEndObject();
    }

    /// <summary>The list of a kind: the model has no class for it.</summary>
    public void WriteList(string name, TypeSchema item)
    {
        writer.WriteStartObject();
        writer.WriteString("description", $"A list of {item.Name[(item.Name.LastIndexOf('.') + 1)..]} objects.");
        writer.WriteStartObject("properties");
        WriteText("apiVersion", "The version in which the objects are written.");
        writer.WriteStartObject("items");
        writer.WriteString("description", "The objects.");
        writer.WriteStartObject("items");
        writer.WriteString("$ref", SchemaNames.Reference(flavor, item.Name));
        writer.WriteEndObject();
        writer.WriteString("type", "array");
        writer.WriteEndObject();
        WriteText("kind", "The kind of the list.");
        writer.WriteStartObject("metadata");
        WriteReference(SchemaNames.ListMeta, "The list's version, and how to go on reading it.", hasEmptyDefault: true);
        writer.WriteEndObject();
        writer.WriteEndObject();
        WriteTexts("required", ["items"]);
        writer.WriteString("type", "object");
        WriteKinds(name);
        writer.WriteEndObject();
    }

    private void WriteObject(TypeSchema type)
    {
        if (type.Fields.Count > 0 || type.IsTyped)
        {
            writer.WriteStartObject("properties");
            if (type.IsTyped)
            {
                WriteText("apiVersion", "The group and version in which the object is written.");
                WriteText("kind", "The object's kind.");
            }

            foreach (var field in type.Fields)
                WriteField(field);
            writer.WriteEndObject();
        }

        var required = type.Fields.Where(f => f.Required).Select(f => f.Name).ToList();
        if (required.Count > 0)
            WriteTexts("required", required);
        writer.WriteString("type", "object");
    }

    private void WriteField(FieldSchema field)
    {
        writer.WriteStartObject(field.Name);
        switch (field.Shape)
        {
            case FieldShape.Single:
                WriteSingle(field);
                break;
            case FieldShape.List:
                WriteDescription(field);
                WriteElement("items", field);
                writer.WriteString("type", "array");
                break;
            case FieldShape.Map:
                WriteDescription(field);
                WriteElement("additionalProperties", field);
                writer.WriteString("type", "object");
                break;
            default:
                WriteDescription(field);
                WriteListsOfTexts();
                break;
        }

        WriteExtensions(field);
        writer.WriteEndObject();
    }

    private void WriteSingle(FieldSchema field)
    {
        if (NameOf(field) is { } name)
        {
            WriteReference(name, field.Description, field.IsValue);
            return;
        }

        WriteDescription(field);
        if (flavor == OpenApiFlavor.V3)
            WriteDefault(field);
        WriteScalar(field);
    }

    private void WriteElement(string property, FieldSchema field)
    {
        writer.WriteStartObject(property);
        if (NameOf(field) is { } name)
            writer.WriteString("$ref", SchemaNames.Reference(flavor, name));
        else
            WriteScalar(field);
        writer.WriteEndObject();
    }

    private void WriteListsOfTexts()
    {
        writer.WriteStartObject("additionalProperties");
        writer.WriteStartObject("items");
        writer.WriteString("type", "string");
        writer.WriteEndObject();
        writer.WriteString("type", "array");
        writer.WriteEndObject();
        writer.WriteString("type", "object");
    }

    /// <summary>OpenAPI 3.0 allows nothing beside a reference, so it stands in a list of one there.</summary>
    private void WriteReference(string name, string? description, bool hasEmptyDefault)
    {
        if (description is not null)
            writer.WriteString("description", description);
        if (flavor == OpenApiFlavor.V2)
        {
            writer.WriteString("$ref", SchemaNames.Reference(flavor, name));
            return;
        }

        writer.WriteStartArray("allOf");
        writer.WriteStartObject();
        writer.WriteString("$ref", SchemaNames.Reference(flavor, name));
        writer.WriteEndObject();
        writer.WriteEndArray();
        if (!hasEmptyDefault)
            return;
        writer.WriteStartObject("default");
        writer.WriteEndObject();
    }

    private void WriteScalar(FieldSchema field)
    {
        var (type, format) = field.Type switch
        {
            FieldType.Boolean => ("boolean", null),
            FieldType.Int32 => ("integer", "int32"),
            FieldType.Int64 => ("integer", "int64"),
            FieldType.Double => ("number", "double"),
            FieldType.Bytes => ("string", "byte"),
            _ => ("string", (string?)null),
        };
        if ((field.Format ?? format) is { } text)
            writer.WriteString("format", text);
        writer.WriteString("type", type);
    }

    private void WriteDefault(FieldSchema field)
    {
        if (field.Default is null && !field.IsValue)
            return;
        writer.WritePropertyName("default");
        switch (field.Type)
        {
            case FieldType.Boolean:
                writer.WriteBooleanValue(field.Default == "true");
                break;
            case FieldType.Int32 or FieldType.Int64:
                writer.WriteNumberValue(long.Parse(field.Default ?? "0", CultureInfo.InvariantCulture));
                break;
            case FieldType.Double:
                writer.WriteNumberValue(double.Parse(field.Default ?? "0", CultureInfo.InvariantCulture));
                break;
            default:
                writer.WriteStringValue(field.Default ?? "");
                break;
        }
    }

    private void WriteExtensions(FieldSchema field)
    {
        if (field.ListKeys.Count > 0)
            WriteTexts("x-kubernetes-list-map-keys", field.ListKeys);
        WriteExtension("x-kubernetes-list-type", field.ListType);
        WriteExtension("x-kubernetes-map-type", field.MapType);
        WriteExtension("x-kubernetes-patch-merge-key", field.MergeKey);
        WriteExtension("x-kubernetes-patch-strategy", field.PatchStrategy);
    }

    private void WriteExtension(string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private void WriteKinds(string name)
    {
        if (kindsOf(name) is not { Count: > 0 } kinds)
            return;
        writer.WriteStartArray("x-kubernetes-group-version-kind");
        foreach (var kind in kinds)
        {
            writer.WriteStartObject();
            writer.WriteString("group", kind.Group);
            writer.WriteString("kind", kind.Kind);
            writer.WriteString("version", kind.Version);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteDescription(FieldSchema field)
    {
        if (field.Description is { } description)
            writer.WriteString("description", description);
    }

    private void WriteText(string name, string description)
    {
        writer.WriteStartObject(name);
        writer.WriteString("description", description);
        writer.WriteString("type", "string");
        writer.WriteEndObject();
    }

    private void WriteTexts(string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static string? NameOf(FieldSchema field) => field.Type == FieldType.Object ? field.Object!.Name : SchemaNames.Of(field.Type);
}
