namespace Sampan.Api.Generator;

/// <summary>What makes a type a kind: its names and its registry entry.</summary>
internal static class KindEmitter
{
    public static void Emit(CodeWriter code, TypeModel type, KindModel kind)
    {
        string head = type.HasMemberInfo ? $"static KindInfo ITyped<{type.Name}>.Info" : "public static KindInfo Info";
        code.Line($"{head} {{ get; }} = new KindInfo<{type.Name}>");
        code.Line("{");
        code.Line($"    Group = {CodeWriter.Quote(kind.Group)}, Version = {CodeWriter.Quote(kind.Version)}, Kind = {CodeWriter.Quote(type.Name)},");
        if (kind.Plural is not null)
        {
            code.Line($"    Plural = {CodeWriter.Quote(kind.Plural)}, Singular = {CodeWriter.Quote(kind.Singular)}, Namespaced = {(kind.Namespaced ? "true" : "false")},");
            code.Line($"    ShortNames = {CodeWriter.Quote(kind.ShortNames)}, Categories = {CodeWriter.Quote(kind.Categories)},");
            code.Line($"    Verbs = {CodeWriter.Quote(kind.Verbs)},");
            code.Line($"    Subresources = [{string.Join(", ", kind.Subresources.Select(s => Subresource(type, kind, s)))}],");
        }

        code.Line("};");
        code.Line();
        code.Line($"public string ApiVersion => {CodeWriter.Quote(kind.ApiVersion)};");
        code.Line();
        code.Line($"public string Kind => {CodeWriter.Quote(type.Name)};");
        code.Line();
    }

    private static string Subresource(TypeModel type, KindModel kind, SubresourceModel sub) =>
        $"new({CodeWriter.Quote(sub.Name)}, new({CodeWriter.Quote(sub.Group ?? kind.Group)}, {CodeWriter.Quote(sub.Version ?? kind.Version)}, {CodeWriter.Quote(sub.Kind ?? type.Name)}), {CodeWriter.Quote(sub.Verbs)})";
}
