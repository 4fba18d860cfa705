using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Client;
using Sampan.Kubelet.Configuration;

namespace Sampan.Kubelet.Topology;

/// <summary>
/// Whose memory lies where, kept across restarts of the kubelet; upstream's file and its entries.
/// <code>{ "policyName": "Static", "machineState": {}, "entries": { "pod UID": { "web": [ { "numaAffinity": [0], "type": "memory", "size": 1024 } ] } }, "checksum": 0 }</code>
/// </summary>
internal sealed class MemoryCheckpoint(string path, string policy = MemoryCheckpoint.Static)
{
    public const string Static = "Static";

    /// <exception cref="ConfigurationException">It is of another policy, or nobody can read it.</exception>
    public IReadOnlyList<MemoryBlock> Read()
    {
        try
        {
            var tree = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) : null;
            return tree is null ? []
                : (string?)tree["policyName"] is var other && other != policy ? throw Refused($"[memorymanager] configured policy \"{policy}\" differs from state checkpoint policy \"{other}\"")
                : [.. (tree["entries"] as JsonObject ?? []).SelectMany(Blocks)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw Refused("checkpoint is corrupted");
        }
    }

    public void Write(IReadOnlyList<MemoryBlock> blocks)
    {
        var pods = blocks.GroupBy(b => b.PodUid).Select(pod => KeyValuePair.Create(pod.Key, (JsonNode?)new JsonObject(pod.GroupBy(b => b.Container).Select(Tree))));
        var tree = new JsonObject { ["policyName"] = policy, ["machineState"] = new JsonObject() };
        if (blocks.Count > 0)
        {
            tree["entries"] = new JsonObject(pods);
        }

        tree["checksum"] = 0;
        WholeFile.Write(path, tree.ToJsonString());
    }

    private ConfigurationException Refused(string why) =>
        new($"start memory manager error: could not restore state from checkpoint: {why}, please drain this node and delete the memory manager checkpoint file \"{path}\" before restarting Kubelet");

    private static KeyValuePair<string, JsonNode?> Tree(IGrouping<string, MemoryBlock> container) => new(container.Key, new JsonArray([.. container.Select(b => new JsonObject
    {
        ["numaAffinity"] = new JsonArray([.. NumaMask.Nodes(b.Nodes).Select(n => (JsonNode?)n)]),
        ["type"] = b.Resource,
        ["size"] = b.Size,
    })]));

    private static IEnumerable<MemoryBlock> Blocks(KeyValuePair<string, JsonNode?> pod) => pod.Value!.AsObject().SelectMany(container => container.Value!.AsArray().Select(
        b => new MemoryBlock(pod.Key, container.Key, (string)b!["type"]!, NumaMask.Of(b["numaAffinity"]!.AsArray().Select(n => (int)n!)), (long)b["size"]!)));
}
