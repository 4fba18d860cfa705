using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;

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
            return ToArray(current.Where(item => !Contains(patch, item)));
        }

        List<JsonNode?> merged = [];
        foreach (JsonNode? item in current.Concat(patch).Where(item => !Contains(merged, item)))
        {
            merged.Add(item);
        }

        return ToArray(ElementOrder.Arrange(merged, [.. patch], [.. current], null));
    }

    private static JsonArray MergeObjects(JsonArray current, JsonArray patch, IStructure? structure)
    {
        string key = structure?.MergeKey
            ?? throw StatusException.BadRequest("cannot merge lists without merge key");
        List<JsonNode?> original = [.. current];
        List<JsonNode?> items = [.. current];
        List<JsonObject> additions = ApplyElementDirectives(items, patch, key);
        current.Clear();
        foreach (JsonObject addition in additions)
        {
            MergeElement(items, addition, key, structure.Element);
        }

        return ToArray(ElementOrder.Arrange(items, [.. additions], original, key));
    }

    /// <summary>Carries out "$patch" in elements and answers the elements that are left to merge.</summary>
    private static List<JsonObject> ApplyElementDirectives(List<JsonNode?> items, JsonArray patch, string key)
    {
        List<JsonObject> additions = [];
        bool replaces = false;
        foreach (JsonObject element in patch.Cast<JsonObject>())
        {
            switch (Directives.TextOf(element[Directives.Patch]))
            {
                case null when !element.ContainsKey(Directives.Patch): additions.Add(element); break;
                case "delete": Remove(items, KeyOf(element, key), key); break;
                case "replace": replaces = true; break;
                case "merge": throw StatusException.BadRequest("merging lists cannot yet be specified in the patch");
                default: throw Directives.UnknownType(element[Directives.Patch], element);
            }
        }

        if (replaces)
        {
            items.Clear();
        }

        patch.Clear();
        return additions;
    }

    private static void Remove(List<JsonNode?> items, JsonNode? value, string key) => items.RemoveAll(item => KeyEquals(item, value, key));

    private static void MergeElement(List<JsonNode?> items, JsonObject addition, string key, IStructure? structure)
    {
        JsonNode? value = KeyOf(addition, key);
        int found = items.FindIndex(item => KeyEquals(item, value, key));
        if (found < 0)
        {
            items.Add(Directives.Strip(addition));
        }
        else
        {
            items[found] = StrategicMergePatch.Merge((JsonObject)items[found]!, (JsonObject)addition.DeepClone(), structure);
        }
    }

    private static JsonNode? KeyOf(JsonObject element, string key) => element.TryGetPropertyValue(key, out JsonNode? value) ? value
        : throw StatusException.BadRequest($"map: {GoText.Print(element)} does not contain declared merge key: {key}");

    private static bool KeyEquals(JsonNode? item, JsonNode? value, string key) =>
        item is JsonObject map && map.TryGetPropertyValue(key, out JsonNode? own) && JsonTree.DeepEquals(own, value);

    private static bool Contains(IEnumerable<JsonNode?> list, JsonNode? item) => list.Any(other => JsonTree.DeepEquals(other, item));

    private static JsonArray ToArray(IEnumerable<JsonNode?> items)
    {
        JsonNode?[] detached = [.. items.Select(item => item?.Parent is null ? item : item.DeepClone())];
        return new JsonArray(detached);
    }
}
