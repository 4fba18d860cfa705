namespace Sampan.Api.Generator;

/// <summary>Deep copies.</summary>
internal static class CloneEmitter
{
    public static void Emit(CodeWriter code, TypeModel type)
    {
        code.Line($"public {type.Name} DeepClone() => new()");
        code.Line("{");
        foreach (FieldModel field in type.Fields)
        {
            code.Line($"    {field.Property} = {Clone(field)},");
        }

        code.Line("};");
        code.Line();
    }

    private static string Clone(FieldModel field)
    {
        string p = field.Property;
        string sure = field.IsNullable ? "" : "!";
        bool isStruct = field.Element is ElementKind.Int32 or ElementKind.Int64 or ElementKind.Double or ElementKind.Boolean or ElementKind.Time or ElementKind.Primitive;
        return field.Shape switch
        {
            FieldShape.MapOfLists => $"ModelClone.TextListMap({p}){sure}",
            FieldShape.List or FieldShape.Map when isStruct => $"ModelClone.Value{field.Shape}<{field.ElementType}>({p}){sure}",
            FieldShape.List or FieldShape.Map when field.Element == ElementKind.String => $"ModelClone.Text{field.Shape}({p}){sure}",
            FieldShape.Map when field.Element == ElementKind.Bytes => $"ModelClone.BytesMap({p}){sure}",
            FieldShape.List or FieldShape.Map => $"ModelClone.{field.Shape}<{field.ElementType}>({p}){sure}",
            _ => field.Element switch
            {
                ElementKind.Message => field.IsNullable ? $"{p}?.DeepClone()" : $"{p}.DeepClone()",
                ElementKind.Bytes => $"ModelClone.Bytes({p}){sure}",
                _ => p,
            },
        };
    }
}
