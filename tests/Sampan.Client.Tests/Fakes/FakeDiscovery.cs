using System.Text;
using System.Text.Json.Nodes;

namespace Sampan.Client.Tests.Fakes;

/// <summary>Aggregated discovery of a few resources.</summary>
internal static class FakeDiscovery
{
    private static readonly (string Group, string Version, string Resource, string Kind, bool Namespaced)[] Served =
    [
        ("", "v1", "pods", "Pod", true), ("", "v1", "configmaps", "ConfigMap", true), ("", "v1", "secrets", "Secret", true),
        ("", "v1", "services", "Service", true), ("", "v1", "namespaces", "Namespace", false), ("", "v1", "nodes", "Node", false),
        ("apps", "v1", "deployments", "Deployment", true), ("apps", "v1", "replicasets", "ReplicaSet", true),
    ];

    public static byte[] Answer(string path)
    {
        var groups = Served.Where(s => (s.Group.Length == 0) == (path == "/api")).GroupBy(s => (s.Group, s.Version));
        var items = groups.Select(g => (JsonNode)new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = g.Key.Group },
            ["versions"] = new JsonArray(new JsonObject
            {
                ["version"] = g.Key.Version, ["freshness"] = "Current", ["resources"] = new JsonArray([.. g.Select(Resource)]),
            }),
        });
        return Encoding.UTF8.GetBytes(new JsonObject { ["items"] = new JsonArray([.. items]) }.ToJsonString());
    }

    private static JsonNode Resource((string Group, string Version, string Name, string Kind, bool Namespaced) r) => new JsonObject
    {
        ["resource"] = r.Name,
        ["responseKind"] = new JsonObject { ["group"] = r.Group, ["version"] = r.Version, ["kind"] = r.Kind },
        ["scope"] = r.Namespaced ? "Namespaced" : "Cluster",
        ["singularResource"] = r.Kind.ToLowerInvariant(),
        ["verbs"] = new JsonArray("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"),
    };
}
