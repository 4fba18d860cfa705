using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.ApiServer.Tests.Lifecycle;
using Sampan.ApiServer.Tests.Server;
using Sampan.Client;

namespace Sampan.ApiServer.Tests.Conformance;

/// <summary>What is read and written apart from the rest of an object: its status, its scale.</summary>
public sealed class SubresourceTests
{
    [Theory]
    [InlineData("apps.DaemonSet", """{"status":{"conditions":[{"type":"Checked","status":"True"}]}}""", """{"status":{"conditions":[{"type":"Checked","status":"False","reason":"E2E"}]}}""")]
    [InlineData("apps.Deployment", """{"status":{"conditions":[{"type":"Checked","status":"True"}]}}""", """{"status":{"conditions":[{"type":"Checked","status":"False","reason":"E2E"}]}}""")]
    [InlineData("apps.ReplicaSet", """{"status":{"conditions":[{"type":"Checked","status":"True"}]}}""", """{"status":{"conditions":[{"type":"Checked","status":"False","reason":"E2E"}]}}""")]
    [InlineData("apps.StatefulSet", """{"status":{"conditions":[{"type":"Checked","status":"True"}]}}""", """{"status":{"conditions":[{"type":"Checked","status":"False","reason":"E2E"}]}}""")]
    [InlineData("batch.CronJob", """{"metadata":{"annotations":{"patchedstatus":"true"}},"status":{"lastScheduleTime":"2026-01-01T00:00:00Z"}}""", """{"status":{"lastScheduleTime":"2026-01-02T00:00:00Z"}}""")]
    [InlineData("batch.Job", """{"metadata":{"annotations":{"patchedstatus":"true"}},"status":{"conditions":[{"type":"Checked","status":"True"}]}}""", """{"status":{"conditions":[{"type":"Checked","status":"False"}]}}""")]
    [InlineData("policy.PodDisruptionBudget", """{"status":{"disruptedPods":{"a":"2026-01-01T00:00:00Z"}}}""", """{"status":{"observedGeneration":7,"disruptedPods":{"b":"2026-01-02T00:00:00Z"}}}""")]
    [InlineData("core.PersistentVolume", """{"status":{"phase":"Pending","message":"StatusPatched","reason":"E2E"}}""", """{"status":{"message":"StatusUpdated","reason":"E2E again"}}""")]
    [InlineData("core.PersistentVolumeClaim", """{"status":{"phase":"Pending","conditions":[{"type":"StatusPatched","status":"True","reason":"E2E"}]}}""", """{"status":{"conditions":[{"type":"StatusUpdated","status":"True"}]}}""")]
    [InlineData("storage.VolumeAttachment", """{"status":{"attached":true}}""", """{"status":{"attached":false}}""")]
    [InlineData("core.Pod", """{"status":{"message":"Patched","reason":"E2E"}}""", """{"status":{"message":"Replaced","reason":"E2E again"}}""")]
    public async Task Status_PatchedAndReplaced_IsSeenByReadersAndLeavesTheSpecAlone(string sample, string patch, string change)
    {
        await using var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        var (client, ns, created) = await CreateAsync(server, sample);
        var patched = await client.PatchAsync(ns, "sample", Sampan.Client.Patch.Merge(JsonNode.Parse(patch)!), "status", default);
        AssertContains(JsonNode.Parse(patch)!, patched);
        AssertContains(JsonNode.Parse(patch)!, await ReadStatusAsync(server, client, ns));

        var replacement = Merged(patched.DeepClone(), JsonNode.Parse(change)!).AsObject();
        replacement["spec"] = new JsonObject();
        var replaced = await client.ReplaceAsync(replacement, "status", null, default);
        AssertContains(JsonNode.Parse(change)!, replaced);
        AssertContains(JsonNode.Parse(change)!, await ReadStatusAsync(server, client, ns));
        Assert.True(JsonNode.DeepEquals(created["spec"], replaced["spec"]), "the spec changed with the status");
        Assert.Equal((long?)created["metadata"]!["generation"], (long?)replaced["metadata"]!["generation"]);
    }

    [Theory]
    [InlineData("apps.Deployment")]
    [InlineData("apps.ReplicaSet")]
    [InlineData("apps.StatefulSet")]
    [InlineData("core.ReplicationController")]
    public async Task Scale_ReadReplacedAndPatched_ChangesTheReplicas(string sample)
    {
        await using var server = await TestServer.StartAsync();
        var (client, ns, created) = await CreateAsync(server, sample);
        var path = Path(client, ns) + "/scale";
        var scale = (await server.SendAsync("GET", path)).Json;
        Assert.Equal(("Scale", "autoscaling/v1", 1), ((string?)scale["kind"], (string?)scale["apiVersion"], (int?)scale["spec"]!["replicas"]));
        Assert.Equal((string?)created["metadata"]!["uid"], (string?)scale["metadata"]!["uid"]);

        scale["spec"]!["replicas"] = 2;
        var replaced = await server.SendAsync("PUT", path, scale.ToJsonString());
        Assert.Equal((200, 2), (replaced.Code, (int?)replaced.Json["spec"]!["replicas"]));
        Assert.Equal(2, await ReplicasAsync(client, ns));

        var patched = await server.SendAsync("PATCH", path, """{"spec":{"replicas":4}}""", "application/merge-patch+json");
        Assert.Equal((200, 4), (patched.Code, (int?)patched.Json["spec"]!["replicas"]));
        Assert.Equal(4, await ReplicasAsync(client, ns));
    }

    private static async Task<(DynamicClient Client, string? Namespace, JsonObject Created)> CreateAsync(TestServer server, string sample)
    {
        var obj = LifecycleTests.Read(sample);
        var kind = ObjectLife.KindOf(obj);
        var ns = kind.Namespaced ? "default" : null;
        if (ns is not null) obj["metadata"]!["namespace"] = ns;
        var client = server.Client.Dynamic(new GroupVersionResource(kind.Group, kind.Version, kind.Plural));
        return (client, ns, await client.CreateAsync(obj, default));
    }

    private static string Path(DynamicClient client, string? ns)
    {
        var resource = client.Resource;
        var root = resource.Group.Length == 0 ? $"/api/{resource.Version}" : $"/apis/{resource.ApiVersion}";
        return $"{root}{(ns is null ? "" : $"/namespaces/{ns}")}/{resource.Resource}/sample";
    }

    private static async Task<JsonObject> ReadStatusAsync(TestServer server, DynamicClient client, string? ns)
    {
        var whole = await client.GetAsync(ns, "sample", default);
        var status = (await server.SendAsync("GET", Path(client, ns) + "/status")).Json;
        Assert.True(JsonNode.DeepEquals(whole["status"], status["status"]), "the object and its status subresource differ");
        return status;
    }

    private static async Task<int?> ReplicasAsync(DynamicClient client, string? ns) => (int?)(await client.GetAsync(ns, "sample", default))["spec"]!["replicas"];

    /// <summary>Maps have at least what is expected of them; anything else is equal.</summary>
    private static void AssertContains(JsonNode expected, JsonNode? actual)
    {
        if (expected is not JsonObject map || actual is not JsonObject found)
        {
            if (expected is JsonArray list && actual is JsonArray items && list.Count == items.Count)
            {
                for (var i = 0; i < list.Count; i++) AssertContains(list[i]!, items[i]);
                return;
            }
            Assert.Equal(expected.ToJsonString(), actual?.ToJsonString());
            return;
        }
        foreach (var (name, value) in map) AssertContains(value!, found[name]);
    }

    private static JsonNode Merged(JsonNode target, JsonNode change)
    {
        if (change is not JsonObject map || target is not JsonObject into) return change.DeepClone();
        foreach (var (name, value) in map)
        {
            into[name] = into[name] is { } old ? Merged(old.DeepClone(), value!) : value!.DeepClone();
        }
        return into;
    }
}
