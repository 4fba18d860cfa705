using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Status;

/// <summary>
/// The change from one pod status to another as a strategic merge patch. Conditions of others are left alone, and the uid
/// makes sure that a new pod of the same name is not meant.
/// </summary>
internal static class PodStatusPatch
{
    private static readonly string[] Removable = ["reason", "message", "podIP", "podIPs", "initContainerStatuses", "ephemeralContainerStatuses"];

    public static JsonObject Create(string uid, PodStatus status)
    {
        var tree = JsonNode.Parse(JsonCodec.Encode(status))!.AsObject();
        foreach (var name in Removable.Where(name => !tree.ContainsKey(name)))
        {
            tree[name] = null;
        }

        foreach (var condition in (tree["conditions"] as JsonArray ?? []).OfType<JsonObject>())
        {
            // Conditions merge field by field: an old reason must not outlive its state.
            condition.TryAdd("reason", null);
            condition.TryAdd("message", null);
        }

        RemovePassed(tree);
        Replace(tree, "podIPs");
        Replace(tree, "hostIPs");
        return new JsonObject { ["metadata"] = new JsonObject { ["uid"] = uid }, ["status"] = tree };
    }

    /// <summary>Conditions merge by type, so that one which holds no longer has to be taken out by name.</summary>
    private static void RemovePassed(JsonObject status)
    {
        if (status["conditions"] is not JsonArray conditions)
        {
            return;
        }

        var present = conditions.Select(c => (string?)c!["type"]).ToHashSet();
        foreach (var type in PodConditions.Passing.Where(type => !present.Contains(type)))
        {
            conditions.Add((JsonNode)new JsonObject { ["type"] = type, ["$patch"] = "delete" });
        }
    }

    /// <summary>These lists merge by address; an address that is gone must not stay.</summary>
    private static void Replace(JsonObject tree, string name)
    {
        if (tree[name] is JsonArray { Count: > 0 } list)
        {
            list.Insert(0, new JsonObject { ["$patch"] = "replace" });
        }
    }
}
