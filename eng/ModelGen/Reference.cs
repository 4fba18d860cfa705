using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModelGen;

/// <summary>The parsed reference directory.</summary>
internal sealed class Reference
{
    private readonly JsonObject _wire;

    private Reference(JsonObject wire) => _wire = wire;

    /// <summary>OpenAPI v3 schemas by name.</summary>
    public SortedDictionary<string, JsonObject> Schemas { get; } = new(StringComparer.Ordinal);

    /// <summary>Unions, which only OpenAPI v2 shows, by schema name.</summary>
    public Dictionary<string, string> Unions { get; } = [];

    /// <summary>Discovery's resources by group and version, as served.</summary>
    public Dictionary<string, JsonArray> Resources { get; } = [];

    /// <summary>Filled-in objects by the name of their schema's kind: the order of Go's fields.</summary>
    public Dictionary<(string Group, string Version, string Kind), JsonObject> Fixtures { get; } = [];

    public static Reference Load(string directory)
    {
        Reference reference = new(Parse(Path.Combine(directory, "wire-facts.json")));
        foreach (string file in Directory.EnumerateFiles(Path.Combine(directory, "openapi", "v3"), "*.json").Order(StringComparer.Ordinal))
        {
            reference.AddSchemas(Parse(file)["components"]?["schemas"]?.AsObject());
        }

        foreach ((string name, JsonNode? schema) in Parse(Path.Combine(directory, "openapi", "swagger.json"))["definitions"]!.AsObject())
        {
            if (schema!["x-kubernetes-unions"] is { } unions)
            {
                reference.Unions[name] = unions.ToJsonString();
            }
        }

        foreach (string file in Directory.EnumerateFiles(Path.Combine(directory, "discovery"), "*.json"))
        {
            JsonObject list = Parse(file);
            if (list["resources"] is JsonArray resources)
            {
                reference.Resources[(string)list["groupVersion"]!] = resources;
            }
        }

        foreach (string file in Directory.EnumerateFiles(Path.Combine(directory, "fixtures"), "*.json"))
        {
            reference.AddFixture(file);
        }

        return reference;
    }

    /// <summary>The fields of a protobuf message, or null when there is no such message.</summary>
    public JsonObject? Message(string package, string name) => _wire[package]?["messages"]?[name]?.AsObject();

    private static JsonObject Parse(string file) => JsonNode.Parse(File.ReadAllBytes(file))!.AsObject();

    private void AddSchemas(JsonObject? schemas)
    {
        foreach ((string name, JsonNode? schema) in schemas ?? [])
        {
            Schemas.TryAdd(name, schema!.AsObject());
        }
    }

    private void AddFixture(string file)
    {
        string[] parts = Path.GetFileNameWithoutExtension(file).Split('.');
        string group = string.Join('.', parts[..^2]);
        Fixtures[(group == "core" ? "" : group, parts[^2], parts[^1])] = Parse(file);
    }
}
