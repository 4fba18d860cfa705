using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Tests.Server;
using Sampan.Client;

namespace Sampan.ApiServer.Tests.Conformance;

/// <summary>Every operation that a resource must support, one after the other, on objects made from one example.</summary>
/// <param name="ns">The namespace of a resource that has one; lists are of all namespaces.</param>
internal sealed class ApiOperations(TestServer server, GroupVersionResource resource, JsonObject example, string? ns = null)
{
    private const string Selector = "special-label=walk";

    private readonly DynamicClient _client = server.Client.Dynamic(resource);

    /// <summary>Some workloads leave what they own by default, and then wait for the garbage collector.</summary>
    private static DeleteOptions Background => new() { PropagationPolicy = "Background" };

    public async Task WalkAsync()
    {
        await IsDiscoveredAsync();
        await _client.CreateAsync(Make("b"), default);
        await _client.CreateAsync(Make("c"), default);
        var created = await _client.CreateAsync(Make("a"), default);
        Assert.Equal(Uid(created), Uid(await _client.GetAsync(ns, "a", default)));
        Assert.Equal(3, (await ListAsync()).Items.Count);
        await ChangesAsync(created);
        await GoesAsync();
    }

    /// <summary>Status is read, patched and replaced apart from the rest.</summary>
    /// <param name="status">A merge patch of the object that adds a condition of the type PatchStatusFailed.</param>
    public async Task WalkStatusAsync(string status)
    {
        await _client.CreateAsync(Make("d"), default);
        var patched = await _client.PatchAsync(ns, "d", Client.Patch.Merge(JsonNode.Parse(status)!), "status", default);
        var changed = patched.DeepClone().AsObject();
        Condition(changed)["reason"] = "E2E";
        changed["spec"] = new JsonObject();
        var replaced = await ReplaceAsync(changed, "status");
        Assert.Equal("E2E", (string?)Condition(replaced)["reason"]);
        Assert.Equal(patched["spec"]!.ToJsonString(), replaced["spec"]!.ToJsonString());
        await _client.DeleteAsync(ns, "d", Background, default);
    }

    /// <summary>The server may write a condition in between: a conflict is answered by trying again on the latest version.</summary>
    private async Task<JsonObject> ReplaceAsync(JsonObject changed, string? subresource)
    {
        while (true)
        {
            try
            {
                return subresource is null ? await _client.UpdateAsync(changed, default) : await _client.ReplaceAsync(changed, subresource, null, default);
            }
            catch (StatusException conflict) when (conflict.IsConflict)
            {
                var latest = await _client.GetAsync(ns, (string)changed["metadata"]!["name"]!, default);
                changed["metadata"]!["resourceVersion"] = (string)latest["metadata"]!["resourceVersion"]!;
            }
        }
    }

    private async Task IsDiscoveredAsync()
    {
        var group = (await server.SendAsync("GET", "/apis")).Json["groups"]!.AsArray().Single(one => (string?)one!["name"] == resource.Group)!;
        Assert.Contains(group["versions"]!.AsArray(), version => (string?)version!["groupVersion"] == resource.ApiVersion);
        var one = (await server.SendAsync("GET", $"/apis/{resource.Group}")).Json;
        Assert.Contains(one["versions"]!.AsArray(), version => (string?)version!["version"] == resource.Version);
        var resources = (await server.SendAsync("GET", $"/apis/{resource.ApiVersion}")).Json["resources"]!.AsArray();
        Assert.Contains(resources, known => (string?)known!["name"] == resource.Resource);
    }

    private async Task ChangesAsync(JsonObject created)
    {
        var start = (await ListAsync()).ResourceVersion;
        var patched = await _client.PatchAsync(ns, "a", Client.Patch.Merge(JsonNode.Parse("""{"metadata":{"annotations":{"patched":"true"}}}""")!), default);
        Assert.Equal("true", (string?)patched["metadata"]!["annotations"]!["patched"]);
        patched = patched.DeepClone().AsObject();
        patched["metadata"]!["annotations"]!["updated"] = "true";
        var updated = await ReplaceAsync(patched, null);
        Assert.Equal(("true", Uid(created)), ((string?)updated["metadata"]!["annotations"]!["updated"], Uid(updated)));
        await foreach (var change in _client.WatchAsync(null, new ListOptions { LabelSelector = Selector, ResourceVersion = start }, default))
        {
            Assert.Equal(WatchEventType.Modified, change.Type);
            if ((string?)change.Object["metadata"]!["annotations"]?["updated"] == "true") break;
        }
    }

    private async Task GoesAsync()
    {
        await _client.DeleteAsync(ns, "a", Background, default);
        Assert.Null(await _client.FindAsync(ns, "a", default));
        Assert.Equal(2, (await ListAsync()).Items.Count);
        await _client.DeleteCollectionAsync(ns, Background, new ListOptions { LabelSelector = Selector }, default);
        Assert.Empty((await ListAsync()).Items);
    }

    private Task<ListResult<JsonObject>> ListAsync() => _client.ListAsync(null, new ListOptions { LabelSelector = Selector }, default);

    private JsonObject Make(string name)
    {
        var made = example.DeepClone().AsObject();
        made["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns, ["labels"] = new JsonObject { ["special-label"] = "walk" } };
        return made;
    }

    private static JsonNode Condition(JsonObject obj) =>
        obj["status"]!["conditions"]!.AsArray().Single(condition => (string?)condition!["type"] == "PatchStatusFailed")!;

    private static string? Uid(JsonObject obj) => (string?)obj["metadata"]!["uid"];
}
