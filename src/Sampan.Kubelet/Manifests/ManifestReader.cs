using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Client.Pods;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Manifests;

/// <summary>
/// Makes a pod of this node of a manifest: it is named after the node too, its UID is made of its text, and it may refer to
/// nothing that only the API server has.
/// </summary>
/// <param name="complete">Fills in defaults, and says what is wrong; null where pods are taken as they are.</param>
internal sealed class ManifestReader(string nodeName, Func<Pod, IReadOnlyList<string>>? complete, TimeProvider time)
{
    /// <exception cref="FormatException">There is no pod, or one that cannot run.</exception>
    public IReadOnlyList<Pod> Read(byte[] text, string source, string place)
    {
        var tree = YamlTree.Parse(Encoding.UTF8.GetString(text)) as JsonObject ?? throw new FormatException("it holds no object");
        return (string?)tree["kind"] == "PodList" && source == "http"
            ? [.. (tree["items"] as JsonArray ?? []).Select(item => Pod(item!.AsObject(), source, place))]
            : [Pod(tree, source, place)];
    }

    private Pod Pod(JsonObject tree, string source, string place)
    {
        var json = tree.ToJsonString();
        var pod = JsonCodec.Decode<Pod>(Encoding.UTF8.GetBytes(json));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{nodeName}\n{place}\n{json}")))[..32];
        pod.Metadata.Uid = hash;
        pod.Metadata.Name = $"{pod.Metadata.Name}-{nodeName.ToLowerInvariant()}";
        pod.Metadata.Namespace = pod.Metadata.Namespace is { Length: > 0 } ns ? ns : "default";
        pod.Metadata.Annotations ??= [];
        pod.Metadata.Annotations[RuntimeLabels.ConfigSource] = source;
        pod.Metadata.Annotations[RuntimeLabels.ConfigHash] = hash;
        pod.Metadata.Annotations[RuntimeLabels.ConfigSeen] = time.GetUtcNow().ToString("O");
        pod.Spec.NodeName = nodeName;
        Stay(pod);
        Check(pod);
        return pod;
    }

    /// <summary>Trouble of the node is no reason to end it.</summary>
    private static void Stay(Pod pod)
    {
        pod.Spec.Tolerations ??= [];
        if (!pod.Spec.Tolerations.Exists(t => t is { Operator: "Exists", Effect: "NoExecute" } && string.IsNullOrEmpty(t.Key)))
        {
            pod.Spec.Tolerations.Add(new Toleration { Operator = "Exists", Effect = "NoExecute" });
        }
    }

    private void Check(Pod pod)
    {
        if (complete?.Invoke(pod) is { Count: > 0 } problems)
        {
            throw new FormatException($"invalid pod: [{string.Join(", ", problems)}]");
        }

        if (Referred(pod) is { } resource)
        {
            throw new FormatException($"static pods may not reference {resource}");
        }
    }

    /// <summary>What it refers to that only the API server has; null for nothing.</summary>
    private static string? Referred(Pod pod)
    {
        if (pod.Spec.ServiceAccountName is { Length: > 0 }) return "serviceaccounts";
        if (PodReferences.Secrets(pod).Any()) return "secrets";
        if (PodReferences.ConfigMaps(pod).Any()) return "configmaps";
        if (pod.Spec.ResourceClaims is { Count: > 0 }) return "resourceclaims";
        if (PodReferences.Claims(pod).Any()) return "persistentvolumeclaims";
        return pod.Spec.Volumes.OrEmpty().SelectMany(v => v.Projected?.Sources.OrEmpty() ?? []).Select(Projected).FirstOrDefault(r => r is not null);
    }

    private static string? Projected(VolumeProjection source) =>
        source.ServiceAccountToken is not null ? "serviceaccounts"
        : source.ClusterTrustBundle is not null ? "clustertrustbundles"
        : source.PodCertificate is not null ? "podcertificates"
        : null;
}
