namespace Sampan.Api.Generator;

/// <summary>Reading protobuf; unknown fields are skipped.</summary>
internal static class ProtoReaderEmitter
{
    public static void Emit(CodeWriter code, TypeModel type)
    {
        using (code.Begin($"public static {type.Name} ReadProto(ref ProtoReader reader)"))
        {
            code.Line($"{type.Name} value = new();");
            code.Line("ReadProto(ref reader, value);");
            code.Line("return value;");
        }

        code.Line();
        EmitTree(code, type, ProtoTree.Of(type), "ReadProto");
    }

    private static void EmitTree(CodeWriter code, TypeModel type, ProtoTree tree, string method)
    {
        using (code.Begin($"private static void {method}(ref ProtoReader reader, {type.Name} value)"))
        {
            using (code.Begin("while (reader.ReadField() is var field and not 0)"))
            {
                using (code.Begin("switch (field)"))
                {
                    foreach (int number in tree.Numbers)
                    {
                        string read = tree.Fields.TryGetValue(number, out FieldModel field)
                            ? Read(field)
                            : $"{{ ProtoReader nested = reader.ReadNested(); {method}{number}(ref nested, value); }}";
                        code.Line($"case {number}: {read} break;");
                    }

                    code.Line("default: reader.Skip(); break;");
                }
            }
        }

        code.Line();
        foreach (KeyValuePair<int, ProtoTree> child in tree.Embedded)
        {
            EmitTree(code, type, child.Value, method + child.Key);
        }
    }

    private static string Read(FieldModel field)
    {
        string p = "value." + field.Property;
        return field.Shape switch
        {
            FieldShape.List when field.Wrapped => $"ModelProto.ReadWrappedList(ref reader, {p} ??= []);",
            FieldShape.List when field.Element is ElementKind.Int32 or ElementKind.Int64 or ElementKind.Boolean => $"ModelProto.ReadNumbers(ref reader, {p} ??= []);",
            FieldShape.List => $"({p} ??= []).Add({Single(field)});",
            FieldShape.Map => $"reader.ReadMapEntry({p} ??= new(StringComparer.Ordinal));",
            FieldShape.MapOfLists => $"ModelProto.ReadListMapEntry(ref reader, {p} ??= new(StringComparer.Ordinal));",
            _ => $"{p} = {Single(field)};",
        };
    }

    private static string Single(FieldModel field) => field.Element switch
    {
        ElementKind.String => field is { IsValueText: true, IsNullable: true } ? "ModelProto.ReadText(ref reader)" : "reader.ReadString()",
        ElementKind.Boolean => "reader.ReadBool()",
        ElementKind.Int32 or ElementKind.Int64 or ElementKind.Double or ElementKind.Bytes => $"reader.Read{field.Element}()",
        ElementKind.Time => $"ModelProto.ReadTime(reader.ReadMessage<{field.ElementType}>())",
        _ => $"reader.ReadMessage<{field.ElementType}>()",
    };
}
