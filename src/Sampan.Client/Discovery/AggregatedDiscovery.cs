using System.Text.Json.Nodes;

namespace Sampan.Client.Discovery;

/// <summary>Reads <c>apidiscovery.k8s.io/v2</c> APIGroupDiscoveryList items.</summary>
internal static class AggregatedDiscovery
{
    public static void Read(JsonArray groups, List<ApiResourceInfo> resources, List<string> failed)
    {
        foreach (var group in groups)
        {
            var name = (string?)group?["metadata"]?["name"] ?? "";
            foreach (var version in group?["versions"] as JsonArray ?? [])
                ReadVersion(name, version!, resources, failed);
        }
    }

    private static void ReadVersion(string group, JsonNode version, List<ApiResourceInfo> resources, List<string> failed)
    {
        var name = (string?)version["version"] ?? "";
        if ((string?)version["freshness"] == "Stale") failed.Add(group.Length == 0 ? name : $"{group}/{name}");
        foreach (var resource in version["resources"] as JsonArray ?? [])
        {
            resources.Add(new ApiResourceInfo(
                new GroupVersionResource(group, name, (string?)resource!["resource"] ?? ""),
                (string?)resource["responseKind"]?["kind"] ?? "",
                (string?)resource["singularResource"] ?? "",
                (string?)resource["scope"] == "Namespaced",
                JsonLists.Strings(resource["verbs"]),
                JsonLists.Strings(resource["shortNames"]),
                JsonLists.Strings(resource["categories"]),
                Subresources(resource["subresources"])));
        }
    }

    private static string[] Subresources(JsonNode? list) =>
        (list as JsonArray ?? []).Select(s => (string?)s!["subresource"] ?? "").ToArray();
}
