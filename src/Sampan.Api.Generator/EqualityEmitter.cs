namespace Sampan.Api.Generator;

/// <summary>Equality by value.</summary>
internal static class EqualityEmitter
{
    public static void Emit(CodeWriter code, TypeModel type)
    {
        string tests = string.Concat(type.Fields.Select(f => "\n            && " + Test(f)));
        code.Line($"public bool DeepEquals({type.Name}? other) =>");
        code.Line(tests.Length == 0
            ? "    other is not null;"
            : $"    ReferenceEquals(this, other) || (other is not null{tests});");
    }

    private static string Test(FieldModel field)
    {
        string p = field.Property;
        bool isStruct = field.Element is ElementKind.Int32 or ElementKind.Int64 or ElementKind.Double or ElementKind.Boolean or ElementKind.Time or ElementKind.Primitive;
        string? call = field.Shape switch
        {
            FieldShape.MapOfLists => "TextListMaps",
            FieldShape.List or FieldShape.Map when isStruct => $"Value{field.Shape}s<{field.ElementType}>",
            FieldShape.List or FieldShape.Map when field.Element == ElementKind.String => $"Text{field.Shape}s",
            FieldShape.Map when field.Element == ElementKind.Bytes => "BytesMaps",
            FieldShape.List or FieldShape.Map => $"{field.Shape}s<{field.ElementType}>",
            _ => field.Element switch
            {
                ElementKind.Message => $"Equal<{field.ElementType}>",
                ElementKind.Bytes => "Bytes",
                ElementKind.String when field.IsValueText => "Texts",
                ElementKind.Time => field.ElementType.Substring(field.ElementType.LastIndexOf('.') + 1) + "s",
                _ => null,
            },
        };
        return call is null ? $"{p} == other.{p}" : $"ModelEquality.{call}({p}, other.{p})";
    }
}
