using Microsoft.CodeAnalysis;

namespace Sampan.Api.Generator;

/// <summary>Reads a class and its attributes.</summary>
internal static class TypeReader
{
    public static TypeModel Read(INamedTypeSymbol type, AttributeData api)
    {
        AttributeData? kind = Find(type, "KindAttribute");
        return new TypeModel(
            type.ContainingNamespace.ToDisplayString(),
            type.Name,
            (string)api.ConstructorArguments[0].Value!,
            Text(api, "MapType"),
            Text(api, "Unions"),
            Descriptions.Of(type),
            kind is null ? null : ReadKind(type, kind),
            type.GetMembers("Schema").Length > 0,
            type.GetMembers("Info").Length > 0,
            new EquatableArray<FieldModel>([.. type.GetMembers().OfType<IPropertySymbol>().Select(FieldReader.Read).OfType<FieldModel>()]));
    }

    public static AttributeData? Find(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass is { } c && c.Name == name && c.ContainingNamespace.ToDisplayString() == "Sampan.Api");

    public static string? Text(AttributeData attribute, string name) => Named(attribute, name)?.Value as string;

    public static bool Flag(AttributeData attribute, string name) => Named(attribute, name)?.Value is true;

    public static EquatableArray<T> Array<T>(AttributeData attribute, string name) =>
        new([.. Named(attribute, name)?.Values.Select(v => (T)v.Value!) ?? []]);

    private static TypedConstant? Named(AttributeData attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name)
            {
                return argument.Value;
            }
        }

        return null;
    }

    private static KindModel ReadKind(INamedTypeSymbol type, AttributeData kind) => new(
        (string)kind.ConstructorArguments[0].Value!,
        (string)kind.ConstructorArguments[1].Value!,
        Text(kind, "Plural"),
        Text(kind, "Singular"),
        Flag(kind, "Namespaced"),
        Array<string>(kind, "ShortNames"),
        Array<string>(kind, "Categories"),
        Array<string>(kind, "Verbs"),
        new EquatableArray<SubresourceModel>([.. type.GetAttributes().Where(a => a.AttributeClass?.Name == "SubresourceAttribute").Select(ReadSubresource)]));

    private static SubresourceModel ReadSubresource(AttributeData sub) => new(
        (string)sub.ConstructorArguments[0].Value!,
        Text(sub, "Group"),
        Text(sub, "Version"),
        Text(sub, "Kind"),
        Array<string>(sub, "Verbs"));
}
