using System.Text.Json.Nodes;

namespace Sampan.Client.Discovery;

internal static class JsonLists
{
    public static string[] Strings(JsonNode? list) => (list as JsonArray ?? []).Select(s => (string?)s ?? "").ToArray();
}
