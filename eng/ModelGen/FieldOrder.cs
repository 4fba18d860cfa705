using System.Text.Json.Nodes;

namespace ModelGen;

/// <summary>Learns the order of Go's struct fields from filled-in objects, and sorts the drafted fields the same way.</summary>
internal sealed class FieldOrder(Dictionary<string, ModelType> types, Dictionary<string, Dictionary<string, int>> order)
{
    private readonly Dictionary<(string, string), ModelType> _byName = types.Values.ToDictionary(t => (t.Namespace, t.Name));

    public void Learn(string group, string version, string kind, JsonObject fixture)
    {
        ModelType? type = types.Values.FirstOrDefault(t => t.Kind?.Group == group && t.Kind.Version == version && t.Name == kind);
        if (type is not null)
        {
            Walk(type, fixture);
        }
    }

    /// <summary>Fields never seen come last, by protobuf number.</summary>
    public void Sort(ModelType type)
    {
        Dictionary<string, int> seen = order.GetValueOrDefault(type.SchemaName) ?? [];
        List<ModelField> sorted = [.. type.Fields.OrderBy(f => seen.GetValueOrDefault(f.JsonName, 1000 + f.Number))];
        type.Fields.Clear();
        type.Fields.AddRange(sorted);
    }

    private void Walk(ModelType type, JsonObject value)
    {
        if (!order.TryGetValue(type.SchemaName, out Dictionary<string, int>? seen))
        {
            order[type.SchemaName] = seen = [];
        }

        foreach ((string name, JsonNode? child) in value)
        {
            seen.TryAdd(name, seen.Count);
            ModelField? field = type.Fields.FirstOrDefault(f => f.JsonName == name);
            if (field?.TypeNamespace is { } ns && _byName.TryGetValue((ns, field.Type), out ModelType? childType))
            {
                WalkChild(childType, field.Shape, child);
            }
        }
    }

    private void WalkChild(ModelType type, Shape shape, JsonNode? value)
    {
        IEnumerable<JsonNode?> children = (shape, value) switch
        {
            (Shape.List, JsonArray array) => array,
            (Shape.Map, JsonObject map) => map.Select(p => p.Value),
            _ => [value],
        };
        foreach (JsonObject child in children.OfType<JsonObject>())
        {
            Walk(type, child);
        }
    }
}
