using System.Text.Json.Nodes;

namespace Sampan.Client.Discovery;

/// <summary>Reads APIVersions, APIGroupList and APIResourceList.</summary>
internal static class LegacyDiscovery
{
    /// <summary>Group versions, each group's preferred one first.</summary>
    public static IEnumerable<string> GroupVersions(JsonObject root)
    {
        foreach (var version in JsonLists.Strings(root["versions"])) yield return version;
        foreach (var group in root["groups"] as JsonArray ?? [])
        {
            var preferred = (string?)group!["preferredVersion"]?["groupVersion"];
            var all = (group["versions"] as JsonArray ?? []).Select(v => (string?)v!["groupVersion"] ?? "");
            foreach (var version in all.OrderBy(v => v == preferred ? 0 : 1)) yield return version;
        }
    }

    public static void Read(string groupVersion, JsonObject list, List<ApiResourceInfo> resources)
    {
        var slash = groupVersion.IndexOf('/', StringComparison.Ordinal);
        var (group, version) = slash < 0 ? ("", groupVersion) : (groupVersion[..slash], groupVersion[(slash + 1)..]);
        var entries = (list["resources"] as JsonArray ?? []).Select(r => (Name: (string?)r!["name"] ?? "", Node: r)).ToList();
        foreach (var (name, node) in entries.Where(e => !e.Name.Contains('/', StringComparison.Ordinal)))
        {
            var prefix = name + "/";
            resources.Add(new ApiResourceInfo(
                new GroupVersionResource(group, version, name),
                (string?)node["kind"] ?? "",
                (string?)node["singularName"] ?? "",
                (bool?)node["namespaced"] ?? false,
                JsonLists.Strings(node["verbs"]),
                JsonLists.Strings(node["shortNames"]),
                JsonLists.Strings(node["categories"]),
                entries.Where(e => e.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(e => e.Name[prefix.Length..]).ToArray()));
        }
    }
}
