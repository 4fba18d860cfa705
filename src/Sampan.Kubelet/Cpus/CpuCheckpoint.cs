using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Client;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Cpus;

/// <summary>
/// Who has which processors, kept across restarts of the kubelet in upstream's file and form.
/// <code>{ "policyName": "static", "defaultCpuSet": "0,3", "entries": { "pod UID": { "web": "1-2" } }, "checksum": 0 }</code>
/// A checksum of 0 is right for every kubelet, whichever version of the form it writes itself.
/// A kubelet of another policy does not start over it: containers run that it does not know how to keep.
/// </summary>
internal sealed class CpuCheckpoint(string path, string policy = CpuCheckpoint.Static)
{
    public const string Static = "static";

    /// <exception cref="ConfigurationException">It is of another policy, or nobody can read it.</exception>
    public CpuState Read()
    {
        try
        {
            var tree = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) : null;
            return tree is null ? CpuState.None
                : (string?)tree["policyName"] is var other && other != policy ? throw Refused($"configured policy \"{policy}\" differs from state checkpoint policy \"{other}\"")
                : new CpuState(Entries(tree["entries"] as JsonObject ?? []), CpuSet.Parse((string?)tree["defaultCpuSet"] ?? ""));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw Refused("checkpoint is corrupted");
        }
    }

    public void Write(IReadOnlyDictionary<(string Uid, string Container), CpuSet> exclusive, CpuSet shared)
    {
        var pods = exclusive.GroupBy(e => e.Key.Uid).Select(pod => KeyValuePair.Create(
            pod.Key, (JsonNode?)new JsonObject(pod.Select(c => KeyValuePair.Create(c.Key.Container, (JsonNode?)c.Value.ToString())))));
        var tree = new JsonObject { ["policyName"] = policy, ["defaultCpuSet"] = shared.ToString() };
        if (exclusive.Count > 0)
        {
            tree["entries"] = new JsonObject(pods);
        }

        tree["checksum"] = 0;
        WholeFile.Write(path, tree.ToJsonString());
    }

    private static ImmutableDictionary<(string, string), CpuSet> Entries(JsonObject pods) =>
        pods.SelectMany(pod => pod.Value!.AsObject().Select(c => KeyValuePair.Create((pod.Key, c.Key), CpuSet.Parse((string)c.Value!)))).ToImmutableDictionary();

    private ConfigurationException Refused(string why) =>
        new($"start cpu manager error: could not restore state from checkpoint: {why}, please drain this node and delete the CPU manager checkpoint file \"{path}\" before restarting Kubelet");
}
