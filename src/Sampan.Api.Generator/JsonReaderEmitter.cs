namespace Sampan.Api.Generator;

/// <summary>Reading JSON: names are told apart by length, then by bytes.</summary>
internal static class JsonReaderEmitter
{
    public static void Emit(CodeWriter code, TypeModel type)
    {
        List<string> names = [.. type.Fields.Select(f => f.JsonName)];
        if (type.Kind is not null)
        {
            names.Add("apiVersion");
            names.Add("kind");
        }

        EmitRead(code, type, names);
        EmitIndex(code, names);
    }

    private static void EmitRead(CodeWriter code, TypeModel type, List<string> names)
    {
        using (code.Begin($"public static {type.Name} ReadJson(ref Utf8JsonReader reader, JsonReadContext context)"))
        {
            code.Line($"{type.Name} value = new();");
            code.Line("if (reader.TokenType == JsonTokenType.Null) return value;");
            code.Line($"context.BeginObject(ref reader, {CodeWriter.Quote(type.GoName)});");
            code.Line("ulong seen = 0;");
            using (code.Begin("while (JsonReadContext.NextProperty(ref reader))"))
            {
                code.Line("int index = JsonField(ModelJson.Name(ref reader));");
                code.Line("if (index < 0) { context.Unknown(ref reader); continue; }");
                code.Line("if ((seen & (1UL << index)) != 0) context.Duplicate(reader.GetString()!);");
                code.Line("seen |= 1UL << index;");
                using (code.Begin("switch (index)"))
                {
                    for (int i = 0; i < names.Count; i++)
                    {
                        string read = i < type.Fields.Count ? $"value.{type.Fields[i].Property} = {Read(type.Fields[i])};" : "ModelJson.SkipTypeMeta(ref reader, context);";
                        code.Line($"case {i}: context.Enter(ref reader, {CodeWriter.Quote(names[i])}); {read} break;");
                    }
                }

                code.Line("context.Leave();");
            }

            code.Line("return value;");
        }

        code.Line();
    }

    private static void EmitIndex(CodeWriter code, List<string> names)
    {
        using (code.Begin("private static int JsonField(ReadOnlySpan<byte> name)"))
        {
            using (code.Begin("switch (name.Length)"))
            {
                foreach (IGrouping<int, string> group in names.GroupBy(n => n.Length).OrderBy(g => g.Key))
                {
                    code.Line($"case {group.Key}:");
                    foreach (string name in group)
                    {
                        code.Line($"    if (ModelJson.Is(name, {CodeWriter.Quote(name)}u8)) return {names.IndexOf(name)};");
                    }

                    code.Line("    break;");
                }
            }

            code.Line("return -1;");
        }

        code.Line();
    }

    private static string Read(FieldModel field)
    {
        string call = $"{Reader(field)}(ref reader, context)";
        if (field.Shape != FieldShape.Single)
        {
            return field.IsNullable ? call : call + " ?? []";
        }

        return field.Element switch
        {
            ElementKind.String when field.IsNullable => call,
            ElementKind.String => call + " ?? \"\"",
            ElementKind.Bytes => field.IsNullable ? call : call + " ?? []",
            ElementKind.Boolean => field.IsNullable ? call : call + " ?? false",
            ElementKind.Int32 or ElementKind.Int64 or ElementKind.Double => field.IsNullable ? call : call + " ?? 0",
            _ => field.IsNullable ? $"reader.TokenType == JsonTokenType.Null ? ({field.ElementType}?)null : {call}" : call,
        };
    }

    private static string Reader(FieldModel field) => (field.Shape, field.Element) switch
    {
        (FieldShape.List, ElementKind.String) => "JsonScalars.ReadStringList",
        (FieldShape.List, ElementKind.Int32 or ElementKind.Int64 or ElementKind.Boolean) => $"ModelJson.Read{field.Element}List",
        (FieldShape.List, _) => $"ModelJson.ReadList<{field.ElementType}>",
        (FieldShape.Map, ElementKind.String) => "JsonScalars.ReadStringMap",
        (FieldShape.Map, ElementKind.Bytes) => "ModelJson.ReadBytesMap",
        (FieldShape.Map, _) => $"ModelJson.ReadMap<{field.ElementType}>",
        (FieldShape.MapOfLists, _) => "ModelJson.ReadStringListMap",
        (_, ElementKind.String) => field is { IsValueText: true, IsNullable: true } ? "ModelJson.ReadText" : "JsonScalars.ReadString",
        (_, ElementKind.Boolean) => "JsonScalars.ReadBool",
        (_, ElementKind.Int32 or ElementKind.Int64 or ElementKind.Double or ElementKind.Bytes) => $"JsonScalars.Read{field.Element}",
        _ => $"{field.ElementType}.ReadJson",
    };
}
