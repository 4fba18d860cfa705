using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api.Codec;

namespace Sampan.ApiServer.Patch;

/// <summary>A JSON value by which others are found: equal values have equal hashes, in whatever order their properties stand.</summary>
internal readonly struct NodeKey(JsonNode? node) : IEquatable<NodeKey>
{
    private readonly JsonNode? _node = node;

    /// <summary>The element's merge key; without one the element itself.</summary>
    public static NodeKey Of(JsonNode? item, string? mergeKey) => new(mergeKey is null ? item : (item as JsonObject)?[mergeKey]);

    /// <summary>Where each value stands first.</summary>
    public static Dictionary<NodeKey, int> PlacesIn(IReadOnlyList<JsonNode?> row, string? mergeKey)
    {
        var places = new Dictionary<NodeKey, int>(row.Count);
        for (int i = 0; i < row.Count; i++)
        {
            places.TryAdd(Of(row[i], mergeKey), i);
        }

        return places;
    }

    public bool Equals(NodeKey other) => JsonTree.DeepEquals(_node, other._node);

    public override bool Equals(object? obj) => obj is NodeKey other && Equals(other);

    public override int GetHashCode() => HashOf(_node);

    private static int HashOf(JsonNode? node) => node switch
    {
        null => 0,
        JsonObject map => map.Aggregate(1, (hash, property) => hash ^ HashCode.Combine(property.Key, HashOf(property.Value))),
        JsonArray list => list.Aggregate(2, (hash, item) => HashCode.Combine(hash, HashOf(item))),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>().GetHashCode(StringComparison.Ordinal),
            JsonValueKind.Number => HashOf(node.AsValue()),
            var kind => (int)kind,
        },
    };

    /// <summary>Numbers are equal by their value, however they are written and whatever type the node keeps them as.</summary>
    private static int HashOf(JsonValue number) => number.TryGetValue(out long whole) ? ((double)whole).GetHashCode()
        : number.TryGetValue(out double other) ? other.GetHashCode()
        : double.Parse(number.ToJsonString(), CultureInfo.InvariantCulture).GetHashCode();
}
