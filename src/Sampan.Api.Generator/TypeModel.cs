namespace Sampan.Api.Generator;

/// <summary>A model class as the generator sees it.</summary>
internal sealed record TypeModel(
    string Namespace,
    string Name,
    string SchemaName,
    string? MapType,
    string? Unions,
    string? Description,
    KindModel? Kind,
    bool HasMemberSchema,
    bool HasMemberInfo,
    EquatableArray<FieldModel> Fields)
{
    public string FullName => $"global::{Namespace}.{Name}";

    /// <summary>Go's name of the type in error texts, such as v1.Pod.</summary>
    public string GoName => Namespace.Substring(Namespace.LastIndexOf('.') + 1).ToLowerInvariant() + "." + Name;
}

internal sealed record KindModel(
    string Group,
    string Version,
    string? Plural,
    string? Singular,
    bool Namespaced,
    EquatableArray<string> ShortNames,
    EquatableArray<string> Categories,
    EquatableArray<string> Verbs,
    EquatableArray<SubresourceModel> Subresources)
{
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";
}

internal sealed record SubresourceModel(string Name, string? Group, string? Version, string? Kind, EquatableArray<string> Verbs);
