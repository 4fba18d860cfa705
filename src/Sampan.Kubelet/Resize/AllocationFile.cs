using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Client;

namespace Sampan.Kubelet.Resize;

/// <summary>Keeps allocations across restarts of the kubelet: JSON by pod and container, replaced in one step.</summary>
internal sealed class AllocationFile(string path)
{
    public Dictionary<string, PodAllocation> Read()
    {
        try
        {
            var tree = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) as JsonObject : null;
            return tree?.ToDictionary(pod => pod.Key, pod => new PodAllocation(Containers(pod.Value!["allocated"]!), Containers(pod.Value!["actuated"]!))) ?? [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            // What is not readable is as good as absent: specifications are granted anew.
            return [];
        }
    }

    public void Write(IEnumerable<KeyValuePair<string, PodAllocation>> pods)
    {
        var tree = new JsonObject(pods.Select(pod => KeyValuePair.Create(
            pod.Key, (JsonNode?)new JsonObject { ["allocated"] = Tree(pod.Value.Allocated), ["actuated"] = Tree(pod.Value.Actuated) })));
        WholeFile.Write(path, tree.ToJsonString());
    }

    private static ImmutableDictionary<string, ContainerResources> Containers(JsonNode tree) =>
        tree.AsObject().ToImmutableDictionary(c => c.Key, c => new ContainerResources(Quantities(c.Value!["requests"]!), Quantities(c.Value!["limits"]!)));

    private static Dictionary<string, Quantity> Quantities(JsonNode tree) => tree.AsObject().ToDictionary(q => q.Key, q => Quantity.Parse((string)q.Value!));

    private static JsonObject Tree(ImmutableDictionary<string, ContainerResources> containers) => new(containers.Select(c => KeyValuePair.Create(
        c.Key, (JsonNode?)new JsonObject { ["requests"] = Tree(c.Value.Requests), ["limits"] = Tree(c.Value.Limits) })));

    private static JsonObject Tree(IReadOnlyDictionary<string, Quantity> list) => new(list.Select(q => KeyValuePair.Create(q.Key, (JsonNode?)q.Value.ToString())));
}
