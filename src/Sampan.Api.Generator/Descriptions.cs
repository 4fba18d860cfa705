using Microsoft.CodeAnalysis;

namespace Sampan.Api.Generator;

/// <summary>
/// What a type or field is for, from its doc comment. Where there is none the same one of another version of the group speaks for it,
/// and for a field at last its type.
/// </summary>
internal static class Descriptions
{
    public static string? Of(INamedTypeSymbol type) =>
        DocComment.Summary(type) ?? OtherVersions(type).Select(DocComment.Summary).FirstOrDefault(d => d is not null);

    public static string? Of(IPropertySymbol property, ITypeSymbol element) =>
        DocComment.Summary(property)
        ?? OtherVersions(property.ContainingType).SelectMany(t => t.GetMembers(property.Name)).Select(DocComment.Summary).FirstOrDefault(d => d is not null)
        ?? DocComment.Summary(element);

    /// <summary>The type of the same name in the group's other versions, the released ones first.</summary>
    private static IEnumerable<INamedTypeSymbol> OtherVersions(INamedTypeSymbol type) =>
        type.ContainingNamespace.ContainingNamespace.GetNamespaceMembers()
            .Where(version => !SymbolEqualityComparer.Default.Equals(version, type.ContainingNamespace))
            .OrderBy(version => version.Name.Length)
            .ThenByDescending(version => version.Name, StringComparer.Ordinal)
            .SelectMany(version => version.GetTypeMembers(type.Name));
}
