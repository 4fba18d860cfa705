using System.Text.Json.Nodes;

namespace Sampan.ApiServer.Tests.Validation;

/// <summary>Compares a part of an object with the whole: objects may hold more, lists may not, null means absent.</summary>
internal static class Fragment
{
    /// <summary>Where the two differ, nothing when they don't.</summary>
    public static IEnumerable<string> Differences(JsonNode? expected, JsonNode? actual, string path = "")
    {
        switch (expected, actual)
        {
            case (JsonObject fields, JsonObject found):
                return fields.SelectMany(field => Differences(field.Value, found[field.Key], $"{path}.{field.Key}"));
            case (JsonArray items, JsonArray found) when items.Count == found.Count:
                return items.SelectMany((item, index) => Differences(item, found[index], $"{path}[{index}]"));
            default:
                return JsonNode.DeepEquals(expected, actual)
                    ? [] : [$"{path}: expected {expected?.ToJsonString() ?? "nothing"}, got {actual?.ToJsonString() ?? "nothing"}"];
        }
    }
}
