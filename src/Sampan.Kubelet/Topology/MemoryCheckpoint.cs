using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Client;

namespace Sampan.Kubelet.Topology;

/// <summary>
/// Whose memory lies where, kept across restarts of the kubelet; upstream's file and its entries.
/// <code>{ "policyName": "Static", "entries": { "pod UID": { "web": [ { "numaAffinity": [0], "type": "memory", "size": 1024 } ] } }, "checksum": 0 }</code>
/// </summary>
internal sealed class MemoryCheckpoint(string path)
{
    private const string Policy = "Static";

    public IReadOnlyList<MemoryBlock> Read()
    {
        try
        {
            var tree = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) : null;
            return (string?)tree?["policyName"] == Policy && tree["entries"] is JsonObject pods ? [.. pods.SelectMany(Blocks)] : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException)
        {
            return [];
        }
    }

    public void Write(IEnumerable<MemoryBlock> blocks)
    {
        var pods = blocks.GroupBy(b => b.PodUid).Select(pod => KeyValuePair.Create(pod.Key, (JsonNode?)new JsonObject(pod.GroupBy(b => b.Container).Select(Tree))));
        var tree = new JsonObject { ["policyName"] = Policy, ["entries"] = new JsonObject(pods), ["checksum"] = 0 };
        WholeFile.Write(path, tree.ToJsonString());
    }

    private static KeyValuePair<string, JsonNode?> Tree(IGrouping<string, MemoryBlock> container) => new(container.Key, new JsonArray([.. container.Select(b => new JsonObject
    {
        ["numaAffinity"] = new JsonArray([.. NumaMask.Nodes(b.Nodes).Select(n => (JsonNode?)n)]),
        ["type"] = b.Resource,
        ["size"] = b.Size,
    })]));

    private static IEnumerable<MemoryBlock> Blocks(KeyValuePair<string, JsonNode?> pod) => pod.Value!.AsObject().SelectMany(container => container.Value!.AsArray().Select(
        b => new MemoryBlock(pod.Key, container.Key, (string)b!["type"]!, NumaMask.Of(b["numaAffinity"]!.AsArray().Select(n => (int)n!)), (long)b["size"]!)));
}
