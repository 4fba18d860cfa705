using System.Text.Json.Nodes;
using Sampan.Api;

namespace Sampan.ApiServer.Patch;

/// <summary>The names that start with a dollar sign in a strategic merge patch.</summary>
internal static class Directives
{
    public const string Patch = "$patch";
    public const string RetainKeys = "$retainKeys";
    public const string SetElementOrderPrefix = "$setElementOrder/";
    public const string DeleteFromPrimitiveListPrefix = "$deleteFromPrimitiveList/";

    private const string BadRetainKeys = "invalid patch format of retainKeys";

    /// <summary>The rest of a key that starts with the prefix.</summary>
    public static string? NameAfter(string prefix, string key) => key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..] : null;

    /// <summary>What "$patch" makes of an object: itself without the directive, or nothing.</summary>
    public static JsonObject ApplyToObject(JsonNode? directive, JsonObject patch)
    {
        patch.Remove(Patch);
        return TextOf(directive) switch
        {
            "replace" => (JsonObject)Strip(patch)!,
            "delete" => [],
            _ => throw UnknownType(directive, patch),
        };
    }

    public static StatusException UnknownType(JsonNode? directive, JsonObject patch) =>
        StatusException.BadRequest($"unknown patch type: {GoText.Print(directive)} in map: {GoText.Print(patch)}");

    /// <summary>Removes from the document what the patch does not retain.</summary>
    public static void ApplyRetainKeys(JsonObject document, JsonObject patch)
    {
        if (!patch.TryGetPropertyValue(RetainKeys, out JsonNode? directive))
        {
            return;
        }

        patch.Remove(RetainKeys);
        HashSet<string?> retained = [.. (directive as JsonArray ?? throw StatusException.BadRequest(BadRetainKeys)).Select(TextOf)];
        if (patch.Any(pair => pair.Value is not null && !IsListDirective(pair.Key) && !retained.Contains(pair.Key)))
        {
            throw StatusException.BadRequest(BadRetainKeys);
        }

        Removal.Of(document, [.. document.Select(pair => pair.Key).Where(key => !retained.Contains(key))]);
    }

    /// <summary>A patch value that meets nothing to merge with: without directives, nulls and elements that only delete.</summary>
    public static JsonNode? Strip(JsonNode? value) => value switch
    {
        JsonObject map => StripObject(map),
        JsonArray list => StripList(list),
        _ => value?.DeepClone(),
    };

    public static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static bool IsListDirective(string key) =>
        NameAfter(SetElementOrderPrefix, key) is not null || NameAfter(DeleteFromPrimitiveListPrefix, key) is not null;

    private static JsonObject StripObject(JsonObject map)
    {
        JsonObject stripped = [];
        if (TextOf(map[Patch]) == "delete")
        {
            return stripped;
        }

        foreach ((string key, JsonNode? value) in map)
        {
            if (value is not null && key is not (Patch or RetainKeys) && !IsListDirective(key))
            {
                stripped[key] = Strip(value);
            }
        }

        return stripped;
    }

    // In a list a null is a value, and an element with "$patch" is no element.
    private static JsonArray StripList(JsonArray list)
    {
        JsonArray stripped = [];
        foreach (JsonNode? item in list)
        {
            if (item is not JsonObject map || TextOf(map[Patch]) is not ("delete" or "replace"))
            {
                stripped.Add(Strip(item));
            }
        }

        return stripped;
    }
}
