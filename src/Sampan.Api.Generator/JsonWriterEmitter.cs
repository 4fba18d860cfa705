namespace Sampan.Api.Generator;

/// <summary>Writing JSON as Go's encoder does.</summary>
internal static class JsonWriterEmitter
{
    public static void Emit(CodeWriter code, TypeModel type)
    {
        using (code.Begin("public void WriteJson(Utf8JsonWriter writer)"))
        {
            code.Line("writer.WriteStartObject();");
            if (type.Kind is { } kind)
            {
                code.Line($"writer.WriteString(\"kind\"u8, {CodeWriter.Quote(type.Name)}u8);");
                code.Line($"writer.WriteString(\"apiVersion\"u8, {CodeWriter.Quote(kind.ApiVersion)}u8);");
                code.Line("WriteJsonFields(writer);");
            }
            else
            {
                Fields(code, type);
            }

            code.Line("writer.WriteEndObject();");
        }

        code.Line();
        if (type.Kind is not null)
        {
            EmitItem(code, type);
        }
    }

    private static void EmitItem(CodeWriter code, TypeModel type)
    {
        using (code.Begin("public void WriteJsonItem(Utf8JsonWriter writer)"))
        {
            code.Line("writer.WriteStartObject();");
            code.Line("WriteJsonFields(writer);");
            code.Line("writer.WriteEndObject();");
        }

        code.Line();
        using (code.Begin("private void WriteJsonFields(Utf8JsonWriter writer)"))
        {
            Fields(code, type);
        }

        code.Line();
    }

    private static void Fields(CodeWriter code, TypeModel type)
    {
        foreach (FieldModel field in type.Fields)
        {
            string name = CodeWriter.Quote(field.JsonName) + "u8";
            if (Condition(field) is { } condition)
            {
                code.Line($"if ({condition}) {{ {Write(field, name)} }}");
                if (field.IsAlwaysWritten && field.IsNullable)
                {
                    code.Line($"else {{ ModelJson.WriteNull(writer, {name}); }}");
                }
            }
            else
            {
                code.Line(Write(field, name));
            }
        }
    }

    /// <summary>When the field is written; null for always.</summary>
    private static string? Condition(FieldModel field)
    {
        string p = field.Property;
        if (field.Shape != FieldShape.Single)
        {
            return field.IsAlwaysWritten ? (field.IsNullable ? $"{p} is not null" : null) : $"{p} is {{ Count: > 0 }}";
        }

        if (field.Element == ElementKind.Time)
        {
            return field.Pointer || field.OmitZero ? $"{p} is {{ IsZero: false }}" : null;
        }

        bool keepsEmpty = field.IsAlwaysWritten || field.Pointer;
        return field.Element switch
        {
            ElementKind.String => keepsEmpty ? (field.IsNullable ? $"{p} is not null" : null) : $"!string.IsNullOrEmpty({p})",
            ElementKind.Bytes => field.IsAlwaysWritten ? (field.IsNullable ? $"{p} is not null" : null) : $"{p} is {{ Length: > 0 }}",
            _ when field.IsNullable => $"{p} is not null",
            ElementKind.Boolean => field.IsAlwaysWritten ? null : p,
            ElementKind.Int32 or ElementKind.Int64 or ElementKind.Double => field.IsAlwaysWritten ? null : $"{p} != 0",
            _ => null,
        };
    }

    private static string Write(FieldModel field, string name)
    {
        string p = field.Property;
        if (field.Shape != FieldShape.Single)
        {
            return $"ModelJson.{Collection(field)}(writer, {name}, {p});";
        }

        string v = field.IsNullable && field.Element is not (ElementKind.String or ElementKind.Bytes or ElementKind.Message) ? p + ".GetValueOrDefault()" : p;
        return field.Element switch
        {
            ElementKind.String => $"ModelJson.WriteText(writer, {name}, {v});",
            ElementKind.Bytes => $"writer.WriteBase64String({name}, {v});",
            ElementKind.Boolean => $"ModelJson.WriteBoolean(writer, {name}, {v});",
            ElementKind.Int32 or ElementKind.Int64 or ElementKind.Double => $"ModelJson.Write{field.Element}(writer, {name}, {v});",
            _ => $"ModelJson.WriteName(writer, {name}); {v}.{(field.ElementIsTyped ? "WriteJsonItem" : "WriteJson")}(writer);",
        };
    }

    /// <summary>The writer of a list or map. Each has its own name, so that calls need no overload resolution.</summary>
    private static string Collection(FieldModel field) => (field.Shape, field.Element) switch
    {
        (FieldShape.MapOfLists, _) => "WriteTextListMap",
        (FieldShape.List, ElementKind.String) => "WriteTextList",
        (FieldShape.List, ElementKind.Int32 or ElementKind.Int64 or ElementKind.Boolean) => $"Write{field.Element}List",
        (FieldShape.List, _) when field.Typed => $"WriteTypedList<{field.ElementType}>",
        (FieldShape.List, _) => $"WriteList<{field.ElementType}>",
        (_, ElementKind.String) => "WriteTextMap",
        (_, ElementKind.Bytes) => "WriteBytesMap",
        _ => $"WriteMap<{field.ElementType}>",
    };
}
