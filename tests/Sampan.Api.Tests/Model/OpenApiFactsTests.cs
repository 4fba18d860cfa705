using System.Text.Json.Nodes;
using Sampan.Api.Tests.Fixtures;

namespace Sampan.Api.Tests.Model;

/// <summary>The schema tables say of every property what the reference's OpenAPI documents say.</summary>
public sealed class OpenApiFactsTests
{
    private static readonly string[] Marks =
        ["x-kubernetes-list-type", "x-kubernetes-list-map-keys", "x-kubernetes-patch-strategy", "x-kubernetes-patch-merge-key", "x-kubernetes-map-type"];

    [Fact]
    public void Schemas_EveryProperty_MatchesTheReference()
    {
        Assert.SkipWhen(ReferenceDirectory.Path is null, ReferenceDirectory.Missing);
        Dictionary<string, TypeSchema> ours = ModelSchemas.All();
        List<string> differences = [];
        int compared = 0;
        foreach ((string name, JsonObject schema) in ReferenceSchemas().Where(s => ours.ContainsKey(s.Key) && !ours[s.Key].IsAnyJson))
        {
            compared++;
            Compare(ours[name], schema, differences);
        }

        Assert.True(compared > 500, $"only {compared} types compared");
        Assert.Empty(differences.Distinct());
    }

    private static IEnumerable<KeyValuePair<string, JsonObject>> ReferenceSchemas() =>
        from file in Directory.EnumerateFiles(Path.Combine(ReferenceDirectory.Path!, "openapi", "v3"), "*.json")
        let schemas = JsonNode.Parse(File.ReadAllBytes(file))!["components"]?["schemas"]?.AsObject()
        where schemas is not null
        from schema in schemas
        select KeyValuePair.Create(schema.Key, schema.Value!.AsObject());

    private static void Compare(TypeSchema ours, JsonObject schema, List<string> differences)
    {
        JsonObject properties = schema["properties"]?.AsObject() ?? [];
        string[] required = [.. schema["required"]?.AsArray().Select(r => (string)r!) ?? []];
        string[] names = [.. properties.Select(p => p.Key).Where(n => !ours.IsTyped || n is not ("apiVersion" or "kind"))];
        Differ(differences, ours.Name, "properties", string.Join(',', names.Order(StringComparer.Ordinal)), string.Join(',', ours.Fields.Select(f => f.Name).Order(StringComparer.Ordinal)));
        Differ(differences, ours.Name, "map type", (string?)schema["x-kubernetes-map-type"], ours.MapType);
        foreach (FieldSchema field in ours.Fields.Where(f => properties.ContainsKey(f.Name)))
        {
            string place = $"{ours.Name}.{field.Name}";
            JsonObject property = properties[field.Name]!.AsObject();
            Differ(differences, place, "required", required.Contains(field.Name), field.Required);
            Differ(differences, place, "shape", Describe(property), Describe(field));
            Differ(differences, place, "default", property["default"]?.ToJsonString(), DefaultOf(field));
            Differ(differences, place, "marks", string.Join(' ', Marks.Select(m => property[m]?.ToJsonString())), MarksOf(field));
        }
    }

    private static string Describe(JsonObject property)
    {
        string? reference = (string?)(property["$ref"] ?? property["allOf"]?[0]?["$ref"]);
        return reference is not null ? reference[(reference.LastIndexOf('/') + 1)..]
            : property["items"] is JsonObject items ? $"[{Describe(items)}]"
            : property["additionalProperties"] is JsonObject values ? $"{{{Describe(values)}}}"
            : $"{property["type"]} {property["format"]}".Trim();
    }

    private static string Describe(FieldSchema field)
    {
        string element = field.Type switch
        {
            FieldType.Object => field.Object!.Name,
            FieldType.Boolean => "boolean",
            FieldType.Int32 => "integer int32",
            FieldType.Int64 => "integer int64",
            FieldType.Double => "number double",
            FieldType.Bytes => "string byte",
            FieldType.String => field.Format is null ? "string" : $"string {field.Format}",
            FieldType.Json => "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON",
            FieldType.Quantity => "io.k8s.apimachinery.pkg.api.resource.Quantity",
            FieldType.IntOrString => "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
            FieldType.RawExtension => "io.k8s.apimachinery.pkg.runtime.RawExtension",
            _ => $"io.k8s.apimachinery.pkg.apis.meta.v1.{field.Type}",
        };
        return field.Shape switch
        {
            FieldShape.List => $"[{element}]",
            FieldShape.Map => $"{{{element}}}",
            FieldShape.MapOfLists => $"{{[{element}]}}",
            _ => element,
        };
    }

    private static string? DefaultOf(FieldSchema field) => field.Default is { } text
        ? (field.Type == FieldType.String ? $"\"{text}\"" : text)
        : !field.IsValue ? null
        : field.Type switch
        {
            FieldType.Object => "{}",
            FieldType.String => "\"\"",
            FieldType.Boolean => "false",
            _ => "0",
        };

    private static string MarksOf(FieldSchema field) => string.Join(' ', new[]
    {
        Quoted(field.ListType),
        field.ListKeys.Count == 0 ? null : $"[{string.Join(',', field.ListKeys.Select(Quoted))}]",
        Quoted(field.PatchStrategy),
        Quoted(field.MergeKey),
        Quoted(field.MapType),
    });

    private static string? Quoted(string? text) => text is null ? null : $"\"{text}\"";

    private static void Differ<T>(List<string> differences, string place, string what, T expected, T actual)
    {
        if (!Equals(expected, actual))
        {
            differences.Add($"{place}: {what} is {actual}, should be {expected}");
        }
    }
}
