using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Status;

namespace Sampan.Kubelet.Server;

/// <summary>The pods of this node as lists: as the kubelet wants them, and as the runtime has them.</summary>
internal sealed class PodsHandler(Func<IEnumerable<Pod>> pods, IPodStatusSink statuses, RuntimeCache cache)
{
    /// <summary>Every pod with its newest status.</summary>
    public JsonObject All() => List(pods().Select(pod =>
    {
        var tree = JsonNode.Parse(JsonCodec.Encode(pod))!.AsObject();
        if (statuses.Find(pod.Metadata.Uid) is { } status)
        {
            tree["status"] = JsonNode.Parse(JsonCodec.Encode(status));
        }

        return tree;
    }));

    /// <summary>Names and images of what runs, wanted or not.</summary>
    public JsonObject Running() => List(cache.All.Where(s => s.Running.Any()).Select(state => new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = state.Name, ["namespace"] = state.Namespace, ["uid"] = state.Uid },
        ["spec"] = new JsonObject
        {
            ["containers"] = new JsonArray([.. state.Running.Select(c => new JsonObject { ["name"] = c.Metadata.Name, ["image"] = c.Image?.Image, ["resources"] = new JsonObject() })]),
        },
        ["status"] = new JsonObject(),
    }));

    private static JsonObject List(IEnumerable<JsonObject> items) => new()
    {
        ["kind"] = "PodList",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["items"] = new JsonArray([.. items]),
    };
}
