namespace Sampan.Api.Generator;

/// <summary>The schema table of a type.</summary>
internal static class SchemaEmitter
{
    public static void Emit(CodeWriter code, TypeModel type)
    {
        string head = type.HasMemberSchema ? $"static TypeSchema IApiType<{type.Name}>.Schema" : "public static TypeSchema Schema";
        code.Line($"{head} {{ get; }} = new({CodeWriter.Quote(type.SchemaName)}{string.Concat(type.Fields.Select(f => ",\n        " + Field(f)))})");
        code.Line("{");
        Option(code, "Description", CodeWriter.Quote(type.Description), type.Description is not null);
        Option(code, "IsTyped", "true", type.Kind is not null);
        Option(code, "MapType", CodeWriter.Quote(type.MapType), type.MapType is not null);
        Option(code, "Unions", CodeWriter.Quote(type.Unions), type.Unions is not null);
        code.Line("};");
        code.Line();
    }

    private static void Option(CodeWriter code, string name, string value, bool present)
    {
        if (present)
        {
            code.Line($"    {name} = {value},");
        }
    }

    private static string Field(FieldModel field)
    {
        string type = field.Element switch
        {
            ElementKind.Message => "Object",
            ElementKind.Time or ElementKind.Primitive => Primitive(field.ElementType),
            _ => field.Element.ToString(),
        };
        string reference = field.Element == ElementKind.Message ? $", TypeSchema.Of<{field.ElementType}>" : "";
        List<string> options = [];
        Add(options, "Required", field.Required);
        Add(options, "IsValue", IsValue(field));
        Add(options, "IsPointer", IsPointer(field));
        Add(options, "Default", field.Default);
        Add(options, "Format", field.Format);
        Add(options, "ListType", field.ListType);
        Add(options, "PatchStrategy", field.PatchStrategy);
        Add(options, "MergeKey", field.MergeKey);
        Add(options, "MapType", field.MapType);
        Add(options, "Description", field.Description);
        if (field.ListKeys.Count > 0)
        {
            options.Add($"ListKeys = {CodeWriter.Quote(field.ListKeys)}");
        }

        string tail = options.Count == 0 ? "" : $" {{ {string.Join(", ", options)} }}";
        return $"new FieldSchema({CodeWriter.Quote(field.JsonName)}, {field.Number}, FieldType.{type}, FieldShape.{field.Shape}{reference}){tail}";
    }

    /// <summary>OpenAPI shows the zero of Go values that are always written, and {} for messages that cannot be null.</summary>
    private static bool IsValue(FieldModel field) => field.Shape == FieldShape.Single && field.Element switch
    {
        ElementKind.Message => !field.IsNullable,
        ElementKind.String or ElementKind.Int32 or ElementKind.Int64 or ElementKind.Double or ElementKind.Boolean => field.Required && !field.IsNullable && !field.OmitEmpty,
        _ => false,
    };

    private static bool IsPointer(FieldModel field) =>
        field.Shape == FieldShape.Single && (field.Element is ElementKind.String or ElementKind.Time ? field.Pointer : field.IsNullable);

    private static string Primitive(string type)
    {
        string name = type.Substring(type.LastIndexOf('.') + 1);
        return name == "JSON" ? "Json" : name;
    }

    private static void Add(List<string> options, string name, bool value)
    {
        if (value)
        {
            options.Add($"{name} = true");
        }
    }

    private static void Add(List<string> options, string name, string? value)
    {
        if (value is not null)
        {
            options.Add($"{name} = {CodeWriter.Quote(value)}");
        }
    }
}
