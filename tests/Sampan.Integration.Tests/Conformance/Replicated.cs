using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Client;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Conformance;

/// <summary>One object of a kind that keeps pods running, whatever its kind.</summary>
internal sealed class Replicated(TestCluster cluster, GroupVersionResource resource, string kind, string ns, string name, CancellationToken ct)
{
    private readonly DynamicClient _client = cluster.Client.Dynamic(resource);

    public Task<JsonObject> CreateAsync(int replicas)
    {
        var labels = new JsonObject { ["app"] = name };
        return _client.CreateAsync(
            new JsonObject
            {
                ["apiVersion"] = resource.ApiVersion,
                ["kind"] = kind,
                ["metadata"] = new JsonObject { ["namespace"] = ns, ["name"] = name, ["labels"] = new JsonObject { ["set"] = name } },
                ["spec"] = new JsonObject
                {
                    ["replicas"] = replicas,
                    ["selector"] = resource.Group.Length == 0 ? labels.DeepClone() : new JsonObject { ["matchLabels"] = labels.DeepClone() },
                    ["template"] = JsonNode.Parse($$"""
                        {
                          "metadata": { "labels": { "app": "{{name}}" } },
                          "spec": { "terminationGracePeriodSeconds": 0, "containers": [{ "name": "web", "image": "nginx:1" }] }
                        }
                        """),
                },
            },
            ct);
    }

    public Task<JsonObject> GetAsync() => _client.GetAsync(ns, name, ct);

    public Task<JsonObject> PatchAsync(string patch, string? subresource = null) =>
        _client.PatchAsync(ns, name, Patch.Merge(JsonNode.Parse(patch)!), subresource, ct);

    /// <summary>Its controllers write too: a conflict is answered by trying again on the latest version.</summary>
    public async Task<JsonObject> UpdateAsync(Action<JsonObject> change)
    {
        while (true)
        {
            var latest = (await GetAsync()).DeepClone().AsObject();
            change(latest);
            try
            {
                return await _client.UpdateAsync(latest, ct);
            }
            catch (StatusException e) when (e.IsConflict)
            {
            }
        }
    }

    public async Task<int> ScaleAsync()
    {
        await using var stream = await _client.OpenAsync(ns, name, "scale", [], ct);
        using var scale = await JsonDocument.ParseAsync(stream, cancellationToken: ct);
        Assert.Equal("Scale", scale.RootElement.GetProperty("kind").GetString());
        return scale.RootElement.GetProperty("spec").GetProperty("replicas").GetInt32();
    }

    /// <summary>A Scale without a version changes whatever there is.</summary>
    public Task ScaleToAsync(int replicas) => _client.ReplaceAsync(
        new JsonObject
        {
            ["apiVersion"] = "autoscaling/v1",
            ["kind"] = "Scale",
            ["metadata"] = new JsonObject { ["namespace"] = ns, ["name"] = name },
            ["spec"] = new JsonObject { ["replicas"] = replicas },
        },
        "scale",
        null,
        ct);

    /// <summary>Waits until the controller has seen the latest version and this many pods are ready, and no more are there.</summary>
    public Task RunsAsync(int replicas) => SharedCluster.UntilAsync($"{kind} {name} runs {replicas} pods", async () =>
    {
        var now = await GetAsync();
        return Number(now["status"], "observedGeneration") == Number(now["metadata"], "generation")
            && Number(now["status"], "replicas") == replicas && Number(now["status"], "readyReplicas") == replicas;
    });

    private static long Number(JsonNode? node, string field) => (long?)node?[field] ?? 0;
}
