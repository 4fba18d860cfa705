using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;

namespace Sampan.ApiServer.Patch;

/// <summary>
/// Strategic merge patch: a JSON merge patch in which lists merge too, by the keys that the schema names. Directives in the patch steer it:
/// <code>
/// $patch: replace | delete            in an object, or in an element of a list
/// $retainKeys: [a, b]                 other keys of the object go away
/// $setElementOrder/name: [...]        the order of a list after the merge
/// $deleteFromPrimitiveList/name: [...]
/// </code>
/// Worked example: containers [{name: a}, {name: b}] patched with [{name: b, image: x}, {$patch: delete, name: a}] become [{name: b, image: x}].
/// </summary>
public static class StrategicMergePatch
{
    /// <summary>Changes the document in place or answers a new one.</summary>
    public static JsonObject Apply(JsonObject document, ReadOnlySpan<byte> patch, IStructure structure, JsonReadContext? context = null)
    {
        JsonNode? tree = PatchDocument.Read(patch, context);
        return Merge(document, tree as JsonObject ?? throw PatchDocument.WrongType(tree, "map[string]interface {}"), structure);
    }

    /// <summary>Changes the document in place or answers a new one; the patch is used up.</summary>
    public static JsonObject Merge(JsonObject document, JsonObject patch, IStructure? structure)
    {
        if (patch.TryGetPropertyValue(Directives.Patch, out JsonNode? directive))
        {
            return Directives.ApplyToObject(directive, patch);
        }

        Directives.ApplyRetainKeys(document, patch);
        ElementOrder.Apply(document, patch, structure);
        var fields = patch.ToArray();
        patch.Clear();
        List<string> gone = [];
        foreach ((string key, JsonNode? value) in fields)
        {
            string? removesFrom = Directives.NameAfter(Directives.DeleteFromPrimitiveListPrefix, key);
            if (value is null)
            {
                gone.Add(removesFrom ?? key);
            }
            else
            {
                MergeField(document, removesFrom ?? key, value, structure, isDeletion: removesFrom is not null);
            }
        }

        Removal.Of(document, gone);
        return document;
    }

    private static void MergeField(JsonObject document, string key, JsonNode value, IStructure? structure, bool isDeletion)
    {
        if (document[key] is { } current)
        {
            document[key] = MergeValue(current, value, structure?.Field(key), isDeletion);
        }
        else if (!isDeletion)
        {
            document[key] = Directives.Strip(value);
        }
    }

    private static JsonNode MergeValue(JsonNode current, JsonNode value, IStructure? structure, bool isDeletion) => (current, value) switch
    {
        (JsonObject map, JsonObject patch) when !HasStrategy(structure, "replace") => Merge(map, patch, structure),
        (JsonArray list, JsonArray patch) when isDeletion || HasStrategy(structure, "merge") => ListMerge.Merge(list, patch, structure, isDeletion),
        _ => Directives.Strip(value)!,
    };

    private static bool HasStrategy(IStructure? structure, string strategy) =>
        structure?.PatchStrategy?.Split(',').Contains(strategy, StringComparer.Ordinal) == true;
}
