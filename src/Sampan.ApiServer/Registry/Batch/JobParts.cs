using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Batch.V1;

namespace Sampan.ApiServer.Registry.Batch;

/// <summary>Parts of jobs as errors show them: with the names of upstream's own fields, and with what is absent.</summary>
internal static class JobParts
{
    public static JsonObject? Shown(PodFailurePolicy? policy) => policy is null ? null : new() { ["Rules"] = List(policy.Rules, Shown) };

    public static JsonObject? Shown(SuccessPolicy? policy) => policy is null ? null : new() { ["Rules"] = List(policy.Rules, Shown) };

    public static JsonObject Shown(UncountedTerminatedPods pods) =>
        new() { ["Succeeded"] = List(pods.Succeeded, uid => uid), ["Failed"] = List(pods.Failed, uid => uid) };

    private static JsonNode Shown(PodFailurePolicyRule rule) => new JsonObject
    {
        ["Action"] = rule.Action,
        ["OnExitCodes"] = rule.OnExitCodes is { } codes
            ? new JsonObject
            {
                ["ContainerName"] = codes.ContainerName,
                ["Operator"] = codes.Operator,
                ["Values"] = List(codes.Values, value => value),
            }
            : null,
        ["OnPodConditions"] = List(
            rule.OnPodConditions, pattern => new JsonObject { ["Type"] = pattern.Type, ["Status"] = pattern.Status }),
    };

    private static JsonNode Shown(SuccessPolicyRule rule) =>
        new JsonObject { ["SucceededIndexes"] = rule.SucceededIndexes, ["SucceededCount"] = rule.SucceededCount };

    private static JsonArray? List<T>(List<T>? items, Func<T, JsonNode> shown) =>
        items is null ? null : new JsonArray([.. items.Select(item => (JsonNode?)shown(item))]);
}
