using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;

namespace Sampan.ApiServer.Patch;

/// <summary>
/// The order of a merged list: elements that the patch names stand in the patch's order, the others in the order they had, and the two
/// rows are interleaved as they were before. Worked example: live [a, x, b, y], order [b, a] gives [x, b, y, a] — x stood before b, y after it.
/// </summary>
internal static class ElementOrder
{
    /// <summary>Carries out the "$setElementOrder" directives of one object and merges the lists they name.</summary>
    public static void Apply(JsonObject document, JsonObject patch, IStructure? structure)
    {
        var directives = patch.Where(pair => Directives.NameAfter(Directives.SetElementOrderPrefix, pair.Key) is not null).ToArray();
        Removal.Of(patch, [.. directives.Select(pair => pair.Key)]);
        foreach ((string key, JsonNode? value) in directives)
        {
            if (Directives.NameAfter(Directives.SetElementOrderPrefix, key) is { } name)
            {
                JsonArray order = value as JsonArray ?? throw BadFormat();
                ApplyOne(document, patch, name, [.. order], structure?.Field(name));
            }
        }
    }

    /// <summary>The items in their final order; items are told apart by the merge key, or by value when there is none.</summary>
    public static List<JsonNode?> Arrange(
        IReadOnlyList<JsonNode?> items, IReadOnlyList<JsonNode?> order, IReadOnlyList<JsonNode?> live, string? mergeKey)
    {
        var (inOrder, inLive) = (NodeKey.PlacesIn(order, mergeKey), NodeKey.PlacesIn(live, mergeKey));
        int Place(Dictionary<NodeKey, int> row, JsonNode? item) => row.TryGetValue(NodeKey.Of(item, mergeKey), out int place) ? place : -1;

        List<JsonNode?> named = [.. items.Where(item => Place(inOrder, item) >= 0).OrderBy(item => Place(inOrder, item))];
        List<JsonNode?> others = [.. items.Where(item => Place(inOrder, item) < 0).OrderBy(item => Place(inLive, item) is var i and >= 0 ? i : int.MaxValue)];
        return Interleave(others, named, item => Place(inLive, item));
    }

    private static void ApplyOne(JsonObject document, JsonObject patch, string name, JsonNode?[] order, IStructure? structure)
    {
        JsonArray? current = document[name] as JsonArray;
        JsonArray? addition = patch[name] as JsonArray;
        if ((current is null && addition is null) || structure?.PatchStrategy?.Contains("merge", StringComparison.Ordinal) != true)
        {
            return;
        }

        CheckOrder(addition, order, structure.MergeKey);
        JsonNode?[] live = current is null ? [] : [.. current.Select(item => item?.DeepClone())];
        patch.Remove(name);
        document.Remove(name);
        JsonArray merged = (current, addition) switch
        {
            (not null, not null) => ListMerge.Merge(current, addition, structure, isDeletion: false),
            (not null, null) => current,
            _ => (JsonArray)Directives.Strip(addition)!,
        };
        List<JsonNode?> arranged = Arrange([.. merged], order, live, structure.MergeKey);
        merged.Clear();
        document[name] = new JsonArray([.. arranged]);
    }

    // Elements that the patch adds or changes come in the same order in both lists.
    private static void CheckOrder(JsonArray? addition, JsonNode?[] order, string? mergeKey)
    {
        int next = 0;
        foreach (JsonNode? item in (addition ?? []).Where(item => item is not JsonObject map || !map.ContainsKey(Directives.Patch)))
        {
            while (next < order.Length && !JsonTree.DeepEquals(Identity(order[next], mergeKey), Identity(item, mergeKey)))
            {
                next++;
            }

            if (next++ == order.Length)
            {
                throw StatusException.BadRequest(
                    $"The order in patch list:\n{GoText.Print(addition)}\n doesn't match $setElementOrder list:\n[{string.Join(' ', order.Select(GoText.Print))}]\n");
            }
        }
    }

    private static List<JsonNode?> Interleave(List<JsonNode?> others, List<JsonNode?> named, Func<JsonNode?, int> placeOf)
    {
        List<JsonNode?> result = [];
        int next = 0;
        foreach (JsonNode? item in named)
        {
            int place = placeOf(item);
            while (next < others.Count && place >= 0 && placeOf(others[next]) is var other and >= 0 && other < place)
            {
                result.Add(others[next++]);
            }

            result.Add(item);
        }

        result.AddRange(others[next..]);
        return result;
    }

    private static JsonNode? Identity(JsonNode? item, string? mergeKey) => mergeKey is null ? item : item is JsonObject map ? map[mergeKey] : null;

    private static StatusException BadFormat() => StatusException.BadRequest("invalid patch format of setElementOrder list");
}
