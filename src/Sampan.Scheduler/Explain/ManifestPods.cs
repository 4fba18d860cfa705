using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;

namespace Sampan.Scheduler.Explain;

/// <summary>
/// The pods that manifests would lead to: pods as they are, workloads as so many pods of their template. The API server
/// completes each by a dry run, so that defaults, priorities and admission count.
/// </summary>
public static class ManifestPods
{
    private const int MaxPods = 1000;

    /// <exception cref="FormatException">A manifest is of a kind that has no pods, or asks for too many.</exception>
    public static async Task<IReadOnlyList<Pod>> ReadAsync(ApiClient client, IEnumerable<JsonNode> manifests, string defaultNamespace, CancellationToken ct)
    {
        var pods = new List<Pod>();
        foreach (var manifest in manifests)
        {
            var (pod, count) = PodOf(manifest);
            if (count > MaxPods - pods.Count) throw new FormatException($"the manifests ask for more than {MaxPods} pods");
            if (string.IsNullOrEmpty(pod.Metadata.Namespace)) pod.Metadata.Namespace = defaultNamespace;
            pod = await client.Of<Pod>().CreateAsync(pod, new WriteOptions { DryRun = true }, ct);
            for (var i = 0; i < count; i++) pods.Add(Copy(pod, count == 1 ? null : i));
        }
        return pods;
    }

    private static (Pod Pod, int Count) PodOf(JsonNode manifest)
    {
        var (kind, metadata) = (Text(manifest["kind"]), manifest["metadata"]);
        var (template, count) = kind switch
        {
            "Pod" => (manifest, 1),
            "Deployment" or "ReplicaSet" or "StatefulSet" or "ReplicationController" => (manifest["spec"]?["template"], Number(manifest["spec"]?["replicas"]) ?? 1),
            "Job" => (manifest["spec"]?["template"], Number(manifest["spec"]?["parallelism"]) ?? 1),
            "PodTemplate" => (manifest["template"], 1),
            _ => throw new FormatException($"a {kind ?? "manifest without a kind"} has no pods to place; give a Pod, Deployment, ReplicaSet, StatefulSet, ReplicationController or Job"),
        };
        if (template is null) throw new FormatException($"the {kind} has no pod template");
        var pod = JsonCodec.Decode<Pod>(JsonTree.Encode(new JsonObject
        {
            ["metadata"] = template["metadata"]?.DeepClone(), ["spec"] = template["spec"]?.DeepClone(),
        }));
        pod.Metadata ??= new ObjectMeta();
        pod.Metadata.Name = Text(metadata?["name"]) ?? "pod";
        pod.Metadata.Namespace = Text(metadata?["namespace"]) ?? "";
        return (pod, count);
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    // Numbers are long where YAML was read, and of any size where JSON was.
    private static int? Number(JsonNode? node) =>
        node is not JsonValue value ? null
        : value.TryGetValue<long>(out var large) ? (int)Math.Clamp(large, 0, int.MaxValue)
        : value.TryGetValue<int>(out var small) ? small
        : throw new FormatException($"\"{node}\" is no number of pods");

    private static Pod Copy(Pod pod, int? number)
    {
        var copy = pod.DeepClone();
        if (number is { } n) copy.Metadata.Name += $"-{n}";
        copy.Metadata.Uid = $"what-if/{copy.Metadata.Namespace}/{copy.Metadata.Name}";
        return copy;
    }
}
