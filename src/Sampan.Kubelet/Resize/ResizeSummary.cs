using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Resize;

/// <summary>
/// What events say of a resize:
/// <code>Pod resize started: {"containers":[{"name":"web","resources":{"requests":{"cpu":"2"}}}],"generation":3}</code>
/// </summary>
internal static class ResizeSummary
{
    /// <summary>Messages are read by people: quotes in them stay quotes.</summary>
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="what">What has happened.</param>
    /// <param name="pod">With the resources to tell of.</param>
    /// <param name="generation">Of the specification that asked for them; null for the pod's.</param>
    /// <param name="error">What is in the way.</param>
    public static string Of(string what, Pod pod, long? generation = null, string? error = null)
    {
        var summary = new JsonObject();
        Add(summary, "initContainers", pod.Spec.InitContainers.OrEmpty());
        Add(summary, "containers", pod.Spec.Containers);
        summary["generation"] = generation ?? pod.Metadata.Generation;
        if (!string.IsNullOrEmpty(error))
        {
            summary["error"] = error;
        }

        return $"{what}: {summary.ToJsonString(Readable)}";
    }

    private static void Add(JsonObject summary, string name, IReadOnlyList<Container> containers)
    {
        if (containers.Count > 0)
        {
            summary[name] = new JsonArray([.. containers.Select(c => new JsonObject { ["name"] = c.Name, ["resources"] = JsonNode.Parse(JsonCodec.Encode(c.Resources)) })]);
        }
    }
}
