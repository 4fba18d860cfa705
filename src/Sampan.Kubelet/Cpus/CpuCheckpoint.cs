using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Client;
using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Cpus;

/// <summary>
/// Who has which processors, kept across restarts of the kubelet in upstream's file and form.
/// <code>{ "policyName": "static", "defaultCpuSet": "0,3", "entries": { "pod UID": { "web": "1-2" } }, "checksum": 0 }</code>
/// </summary>
internal sealed class CpuCheckpoint(string path)
{
    private const string Policy = "static";

    /// <summary>Empty when there is no file, or one of another policy.</summary>
    public ImmutableDictionary<(string Uid, string Container), CpuSet> Read()
    {
        try
        {
            var tree = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) : null;
            return (string?)tree?["policyName"] == Policy && tree["entries"] is JsonObject pods
                ? pods.SelectMany(pod => pod.Value!.AsObject().Select(c => KeyValuePair.Create((pod.Key, c.Key), CpuSet.Parse((string)c.Value!)))).ToImmutableDictionary()
                : ImmutableDictionary<(string, string), CpuSet>.Empty;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return ImmutableDictionary<(string, string), CpuSet>.Empty;
        }
    }

    public void Write(IReadOnlyDictionary<(string Uid, string Container), CpuSet> exclusive, CpuSet shared)
    {
        var pods = exclusive.GroupBy(e => e.Key.Uid).Select(pod => KeyValuePair.Create(
            pod.Key, (JsonNode?)new JsonObject(pod.Select(c => KeyValuePair.Create(c.Key.Container, (JsonNode?)c.Value.ToString())))));
        var tree = new JsonObject { ["policyName"] = Policy, ["defaultCpuSet"] = shared.ToString(), ["entries"] = new JsonObject(pods), ["checksum"] = 0 };
        WholeFile.Write(path, tree.ToJsonString());
    }
}
