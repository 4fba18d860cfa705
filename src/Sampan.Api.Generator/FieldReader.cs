using Microsoft.CodeAnalysis;

namespace Sampan.Api.Generator;

/// <summary>Reads a property and its field attribute.</summary>
internal static class FieldReader
{
    private static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    public static FieldModel? Read(IPropertySymbol property)
    {
        if (TypeReader.Find(property, "FieldAttribute") is not { } field)
        {
            return null;
        }

        (ITypeSymbol element, FieldShape shape, bool nullable) = Shape(property.Type);
        return new FieldModel(
            property.Name,
            (string)field.ConstructorArguments[0].Value!,
            (int)field.ConstructorArguments[1].Value!,
            TypeReader.Array<int>(field, "Embedded"),
            Element(element),
            element.ToDisplayString(Full),
            TypeReader.Find(element, "KindAttribute") is not null,
            shape,
            nullable)
        {
            Required = TypeReader.Flag(field, "Required"),
            Always = TypeReader.Flag(field, "Always"),
            OmitEmpty = TypeReader.Flag(field, "OmitEmpty"),
            OmitZero = TypeReader.Flag(field, "OmitZero"),
            Pointer = TypeReader.Flag(field, "Pointer"),
            Wrapped = TypeReader.Flag(field, "Wrapped"),
            Typed = TypeReader.Flag(field, "Typed"),
            Default = TypeReader.Text(field, "Default"),
            Format = TypeReader.Text(field, "Format"),
            ListType = TypeReader.Text(field, "ListType"),
            ListKeys = TypeReader.Array<string>(field, "ListKeys"),
            PatchStrategy = TypeReader.Text(field, "PatchStrategy"),
            MergeKey = TypeReader.Text(field, "MergeKey"),
            MapType = TypeReader.Text(field, "MapType"),
            Description = Descriptions.Of(property, element),
        };
    }

    private static (ITypeSymbol Element, FieldShape Shape, bool Nullable) Shape(ITypeSymbol type)
    {
        bool nullable = type.NullableAnnotation == NullableAnnotation.Annotated;
        if (type is INamedTypeSymbol { Name: "List" } list)
        {
            return (Plain(list.TypeArguments[0]), FieldShape.List, nullable);
        }

        if (type is INamedTypeSymbol { Name: "Dictionary" } map)
        {
            return map.TypeArguments[1] is INamedTypeSymbol { Name: "List" } inner
                ? (Plain(inner.TypeArguments[0]), FieldShape.MapOfLists, nullable)
                : (Plain(map.TypeArguments[1]), FieldShape.Map, nullable);
        }

        return type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } optional
            ? (optional.TypeArguments[0], FieldShape.Single, true)
            : (Plain(type), FieldShape.Single, nullable);
    }

    private static ITypeSymbol Plain(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);

    private static ElementKind Element(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_String } => ElementKind.String,
        { SpecialType: SpecialType.System_Int32 } => ElementKind.Int32,
        { SpecialType: SpecialType.System_Int64 } => ElementKind.Int64,
        { SpecialType: SpecialType.System_Double } => ElementKind.Double,
        { SpecialType: SpecialType.System_Boolean } => ElementKind.Boolean,
        IArrayTypeSymbol => ElementKind.Bytes,
        { IsValueType: true, Name: "Time" or "MicroTime" } => ElementKind.Time,
        { IsValueType: true } => ElementKind.Primitive,
        _ => ElementKind.Message,
    };
}
