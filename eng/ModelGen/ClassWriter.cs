using System.Globalization;
using System.Text;

namespace ModelGen;

/// <summary>Writes one class as a person would.</summary>
internal sealed class ClassWriter(ModelType type, Descriptions descriptions)
{
    public string Write()
    {
        StringBuilder text = new();
        string[] usings = [.. type.Fields.Select(f => f.TypeNamespace).OfType<string>()
            .Where(n => n != type.Namespace && n != "Sampan.Api").Distinct().Order(StringComparer.Ordinal)];
        foreach (string ns in usings)
        {
            text.Append(CultureInfo.InvariantCulture, $"using {ns};\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{(usings.Length > 0 ? "\n" : "")}namespace {type.Namespace};\n\n");
        text.Append(Summary(descriptions.Find(type), ""));
        text.Append(TypeAttribute());
        string face = type.Kind is null ? $"IApiType<{type.Name}>" : type.IsObject ? $"IObject<{type.Name}>" : $"ITyped<{type.Name}>";
        text.Append(CultureInfo.InvariantCulture, $"public sealed partial class {type.Name} : {face}\n{{\n");
        text.AppendJoin("\n", type.Fields.Select(Property));
        return text.Append("}\n").ToString();
    }

    private string TypeAttribute()
    {
        StringBuilder text = new();
        Arguments api = new(Quote(type.SchemaName));
        api.Add("MapType", type.MapType);
        api.Add("Unions", type.Unions);
        text.Append(CultureInfo.InvariantCulture, $"[ApiType({api})]\n");
        if (type.Kind is not { } kind)
        {
            return text.ToString();
        }

        Arguments arguments = new($"{Quote(kind.Group)}, {Quote(kind.Version)}");
        arguments.Add("Plural", kind.Plural);
        arguments.Add("Singular", kind.Singular);
        arguments.Add("Namespaced", kind.Namespaced);
        arguments.Add("ShortNames", kind.ShortNames);
        arguments.Add("Categories", kind.Categories);
        arguments.Add("Verbs", kind.Verbs);
        text.Append(CultureInfo.InvariantCulture, $"[Kind({arguments})]\n");
        foreach (ModelSubresource sub in kind.Subresources)
        {
            Arguments words = new(Quote(sub.Name));
            if (sub.Kind != type.Name || sub.Group != kind.Group || sub.Version != kind.Version)
            {
                words.Add("Group", sub.Group == kind.Group ? null : sub.Group);
                words.Add("Version", sub.Version == kind.Version ? null : sub.Version);
                words.Add("Kind", sub.Kind == type.Name ? null : sub.Kind);
            }

            words.Add("Verbs", sub.Verbs);
            text.Append(CultureInfo.InvariantCulture, $"[Subresource({words})]\n");
        }

        return text.ToString();
    }

    private string Property(ModelField field)
    {
        Arguments arguments = new($"{Quote(field.JsonName)}, {field.Number.ToString(CultureInfo.InvariantCulture)}");
        if (field.Embedded.Length > 0)
        {
            arguments.AddRaw("Embedded", $"[{string.Join(", ", field.Embedded)}]");
        }

        bool nullableByType = field.Shape != Shape.Single || field.Type is not "string" && !IsTime(field);
        arguments.Add("Required", field.Required);
        arguments.Add("Always", field.Always);
        arguments.Add("OmitEmpty", field.OmitEmpty);
        arguments.Add("OmitZero", field.OmitZero);
        arguments.Add("Pointer", field.Pointer && !nullableByType);
        arguments.Add("Wrapped", field.Wrapped);
        arguments.Add("Typed", field.Typed);
        arguments.Add("Default", field.Default);
        arguments.Add("Format", field.Format);
        arguments.Add("ListType", field.ListType);
        arguments.Add("ListKeys", field.ListKeys);
        arguments.Add("PatchStrategy", field.PatchStrategy);
        arguments.Add("MergeKey", field.MergeKey);
        arguments.Add("MapType", field.MapType);
        (string csharp, string initial) = CSharpType(field);
        string summary = Summary(descriptions.Find(type, field.JsonName), "    ");
        return $"{summary}    [Field({arguments})]\n    public {csharp} {Names.Property(field.JsonName, type.Name)} {{ get; set; }}{initial}\n";
    }

    private static string Summary(string? sentence, string indent) =>
        sentence is null ? "" : $"{indent}/// <summary>{sentence.Replace("<", "&lt;", StringComparison.Ordinal)}</summary>\n";

    private static bool IsTime(ModelField field) => field.TypeNamespace == "Sampan.Api" && field.Type is "Time" or "MicroTime";

    private static (string Type, string Initial) CSharpType(ModelField field)
    {
        string element = field.Wrapped && field.Shape == Shape.Map ? "List<string>" : field.Type;
        if (field.Shape != Shape.Single)
        {
            string collection = field.Shape == Shape.List ? $"List<{element}>" : $"Dictionary<string, {element}>";
            return field.Required ? (collection, " = [];") : (collection + "?", "");
        }

        bool isMessage = field.TypeNamespace is not null and not "Sampan.Api";
        return field switch
        {
            { Type: "string", Pointer: false } when field.Required || field.Always || field.Text => ("string", " = \"\";"),
            { Type: "byte[]", Required: true } => ("byte[]", " = [];"),
            { Type: "string" or "byte[]" } => (field.Type + "?", ""),
            _ when IsTime(field) => (field.Type + "?", ""),
            _ when isMessage && !field.Pointer => (field.Type, " = new();"),
            { Pointer: true } => (field.Type + "?", ""),
            _ => (field.Type, ""),
        };
    }

    internal static string Quote(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
