namespace Sampan.Api.Generator;

/// <summary>Writing protobuf as gogo does: by ascending number, values always, nullable ones when there.</summary>
internal static class ProtoWriterEmitter
{
    public static void Emit(CodeWriter code, TypeModel type)
    {
        using (code.Begin("public void WriteProto(ProtoWriter writer)"))
        {
            EmitTree(code, ProtoTree.Of(type), "mark");
        }

        code.Line();
    }

    private static void EmitTree(CodeWriter code, ProtoTree tree, string mark)
    {
        foreach (int number in tree.Numbers)
        {
            if (tree.Fields.TryGetValue(number, out FieldModel field))
            {
                code.Line(Write(field));
                continue;
            }

            code.Line($"int {mark}{number} = writer.BeginMessage({number});");
            EmitTree(code, tree.Embedded[number], $"{mark}{number}_");
            code.Line($"writer.EndMessage({mark}{number});");
        }
    }

    private static string Write(FieldModel field)
    {
        string p = field.Property;
        if (field.Shape == FieldShape.Single)
        {
            return Single(field);
        }

        string guard = $"if ({p} is not null) ";
        return field.Shape switch
        {
            FieldShape.List when field.Wrapped => $"{guard}ModelProto.WriteWrappedList(writer, {field.Number}, {p});",
            FieldShape.List => $"{guard}foreach (var item in {p}) {Value(field.Element, field.Number, "item")}",
            FieldShape.MapOfLists => $"{guard}ModelProto.WriteListMap(writer, {field.Number}, {p});",
            _ => $"{guard}writer.WriteMap({field.Number}, {p});",
        };
    }

    private static string Single(FieldModel field)
    {
        string p = field.Property;
        if (field.Element == ElementKind.Time)
        {
            return field.IsValueTime
                ? $"writer.WriteMessage({field.Number}, {p}.GetValueOrDefault());"
                : $"if ({p} is {{ }} v{p}) writer.WriteMessage({field.Number}, v{p});";
        }

        if (field.IsValueText)
        {
            return $"writer.WriteString({field.Number}, {p} ?? \"\");";
        }

        return field.IsNullable
            ? $"if ({p} is {{ }} v{p}) {Value(field.Element, field.Number, "v" + p)}"
            : Value(field.Element, field.Number, p);
    }

    private static string Value(ElementKind element, int number, string value) => element switch
    {
        ElementKind.Boolean => $"writer.WriteBool({number}, {value});",
        ElementKind.String or ElementKind.Int32 or ElementKind.Int64 or ElementKind.Double or ElementKind.Bytes => $"writer.Write{element}({number}, {value});",
        _ => $"writer.WriteMessage({number}, {value});",
    };
}
