using System.Text.Json.Nodes;
using Sampan.Api;

namespace Sampan.ApiServer.Patch;

/// <summary>Merges a list of a patch into a list of the document.</summary>
internal static class ListMerge
{
    public static JsonArray Merge(JsonArray current, JsonArray patch, IStructure? structure, bool isDeletion)
    {
        if (current.Count == 0 && patch.Count == 0)
        {
            return current;
        }

        return AreObjects(current, patch)
            ? MergeObjects(current, patch, structure)
            : MergePrimitives(current, patch, isDeletion);
    }

    private static bool AreObjects(JsonArray current, JsonArray patch)
    {
        JsonNode?[] items = [.. current, .. patch];
        if (items.Any(item => item is JsonArray))
        {
            throw PatchDocument.DoesNotApply();
        }

        int objects = items.Count(item => item is JsonObject);
        return objects == items.Length || (objects > 0 ? throw PatchDocument.DoesNotApply() : false);
    }

    private static JsonArray MergePrimitives(JsonArray current, JsonArray patch, bool isDeletion)
    {
        if (isDeletion)
        {
            HashSet<NodeKey> deleted = [.. patch.Select(item => new NodeKey(item))];
            return ToArray(current.Where(item => !deleted.Contains(new NodeKey(item))));
        }

        List<JsonNode?> merged = [.. current.Concat(patch).DistinctBy(item => new NodeKey(item))];
        return ToArray(ElementOrder.Arrange(merged, [.. patch], [.. current], null));
    }

    private static JsonArray MergeObjects(JsonArray current, JsonArray patch, IStructure? structure)
    {
        string key = structure?.MergeKey
            ?? throw StatusException.BadRequest("cannot merge lists without merge key");
        List<JsonNode?> original = [.. current];
        List<JsonNode?> items = [.. current];
        List<JsonObject> additions = ApplyElementDirectives(items, patch, key, out bool replaces);
        current.Clear();
        if (replaces)
        {
            // As they are: elements of one key, such as a node's addresses of one type, are not merged with each other.
            return ToArray(additions.Select(Directives.Strip));
        }

        Dictionary<NodeKey, int> places = [];
        foreach ((int place, JsonNode? item) in items.Index().Where(entry => HasKey(entry.Item, key)))
        {
            places.TryAdd(NodeKey.Of(item, key), place);
        }

        foreach (JsonObject addition in additions)
        {
            MergeElement(items, places, addition, key, structure.Element);
        }

        return ToArray(ElementOrder.Arrange(items, [.. additions], original, key));
    }

    /// <summary>Carries out "$patch" in elements and answers the elements that are left to merge.</summary>
    private static List<JsonObject> ApplyElementDirectives(List<JsonNode?> items, JsonArray patch, string key, out bool replaces)
    {
        List<JsonObject> additions = [];
        HashSet<NodeKey> deleted = [];
        replaces = false;
        foreach (JsonObject element in patch.Cast<JsonObject>())
        {
            switch (Directives.TextOf(element[Directives.Patch]))
            {
                case null when !element.ContainsKey(Directives.Patch): additions.Add(element); break;
                case "delete": deleted.Add(new NodeKey(KeyOf(element, key))); break;
                case "replace": replaces = true; break;
                case "merge": throw StatusException.BadRequest("merging lists cannot yet be specified in the patch");
                default: throw Directives.UnknownType(element[Directives.Patch], element);
            }
        }

        if (deleted.Count > 0)
        {
            items.RemoveAll(item => HasKey(item, key) && deleted.Contains(NodeKey.Of(item, key)));
        }

        patch.Clear();
        return additions;
    }

    private static void MergeElement(
        List<JsonNode?> items, Dictionary<NodeKey, int> places, JsonObject addition, string key, IStructure? structure)
    {
        NodeKey value = new(KeyOf(addition, key));
        if (!places.TryGetValue(value, out int found))
        {
            JsonNode? item = Directives.Strip(addition);
            if (HasKey(item, key))
            {
                places.TryAdd(NodeKey.Of(item, key), items.Count);
            }

            items.Add(item);
        }
        else
        {
            items[found] = StrategicMergePatch.Merge((JsonObject)items[found]!, (JsonObject)addition.DeepClone(), structure);
        }
    }

    private static JsonNode? KeyOf(JsonObject element, string key) => element.TryGetPropertyValue(key, out JsonNode? value) ? value
        : throw StatusException.BadRequest($"map: {GoText.Print(element)} does not contain declared merge key: {key}");

    private static bool HasKey(JsonNode? item, string key) => item is JsonObject map && map.ContainsKey(key);

    private static JsonArray ToArray(IEnumerable<JsonNode?> items)
    {
        JsonNode?[] detached = [.. items.Select(item => item?.Parent is null ? item : item.DeepClone())];
        return new JsonArray(detached);
    }
}
