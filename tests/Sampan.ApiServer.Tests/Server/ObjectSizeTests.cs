using System.Text.Json.Nodes;

namespace Sampan.ApiServer.Tests.Server;

/// <summary>No object outgrows what etcd would store of it, by however many requests.</summary>
public sealed class ObjectSizeTests
{
    private const string Maps = "/api/v1/namespaces/default/configmaps";
    private const string TooLarge = "Request entity too large: limit is 1572864";

    [Fact]
    public async Task Write_LargeObjects_ShedTheirManagersAndThenAreRefused()
    {
        await using var server = await TestServer.StartAsync();
        var created = await server.SendAsync("POST", Maps, Labelled("a", 20_000).ToJsonString());
        Assert.Equal(201, created.Code);
        Assert.Null(created.Json["metadata"]!["managedFields"]);

        // Who applies needs the managers.
        var config = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"large"},"data":{"a":"b"}}""";
        var applied = await server.SendAsync("PATCH", Maps + "/large?fieldManager=m", config, "application/apply-patch+yaml");
        Assert.Equal((413, TooLarge), (applied.Code, applied.Message));

        var patched = await server.SendAsync("PATCH", Maps + "/large", Labelled("b", 5_000).ToJsonString(), "application/merge-patch+json");
        Assert.Equal((413, TooLarge), (patched.Code, patched.Message));
    }

    private static JsonObject Labelled(string prefix, int count) => new()
    {
        ["metadata"] = new JsonObject
        {
            ["name"] = "large",
            ["labels"] = new JsonObject(Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"{prefix}-{new string('x', 52)}-{i:D5}", (JsonNode?)""))),
        },
    };
}
