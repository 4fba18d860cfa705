using System.Text;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using static Sampan.ApiServer.Tests.Server.TestServer;

namespace Sampan.ApiServer.Tests.Server;

public sealed class ListAndWatchTests
{
    [Fact]
    public async Task List_LimitAndContinue_IsOneSnapshot()
    {
        await using var server = await StartAsync();
        await AddAsync(server, 5);
        var first = await server.SendAsync("GET", "/api/v1/namespaces/default/configmaps?limit=2");
        Assert.Equal(2, first.Json["items"]!.AsArray().Count);
        Assert.Equal(3, (int?)first.Json["metadata"]!["remainingItemCount"]);
        await server.Client.Of<ConfigMap>().DeleteAsync("default", "m3", null, default);
        var token = Uri.EscapeDataString((string)first.Json["metadata"]!["continue"]!);
        var second = await server.SendAsync("GET", $"/api/v1/namespaces/default/configmaps?limit=2&continue={token}");
        Assert.Equal(["m2", "m3"], second.Json["items"]!.AsArray().Select(item => (string?)item!["metadata"]!["name"]));
        Assert.Equal((string?)first.Json["metadata"]!["resourceVersion"], (string?)second.Json["metadata"]!["resourceVersion"]);
    }

    [Fact]
    public async Task List_FieldSelector_MatchesByNameOnly()
    {
        await using var server = await StartAsync();
        await AddAsync(server, 3);
        var answer = await server.SendAsync("GET", "/api/v1/configmaps?fieldSelector=metadata.name%3Dm1");
        Assert.Single(answer.Json["items"]!.AsArray());
        var unknown = await server.SendAsync("GET", "/api/v1/configmaps?fieldSelector=data.k%3Dv");
        Assert.Equal(400, unknown.Code);
        Assert.Equal("\"data.k\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"", unknown.Message);
        Assert.Equal("field label not supported: spec.x", (await server.SendAsync("GET", "/api/v1/pods?fieldSelector=spec.x%3Dv")).Message);
    }

    [Fact]
    public async Task List_Protobuf_DecodesToTheSame()
    {
        await using var server = await StartAsync();
        await AddAsync(server, 2);
        var answer = await server.SendAsync("GET", "/api/v1/namespaces/default/configmaps", accept: "application/vnd.kubernetes.protobuf");
        Assert.Equal("application/vnd.kubernetes.protobuf", answer.Headers.ContentType.ToString());
        Assert.Equal("ConfigMapList", ProtoEnvelope.Read(answer.Bytes).Kind);
        var one = await server.SendAsync("GET", "/api/v1/namespaces/default/configmaps/m0", accept: "application/vnd.kubernetes.protobuf");
        Assert.Equal("v", ProtoCodec.Decode<ConfigMap>(one.Bytes).Data!["k"]);
    }

    [Fact]
    public async Task List_TableAndPartial_AreNegotiated()
    {
        await using var server = await StartAsync();
        await AddAsync(server, 2);
        var table = await server.SendAsync(
            "GET", "/api/v1/namespaces/default/configmaps", accept: "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
        Assert.Equal("Table", (string?)table.Json["kind"]);
        Assert.Equal("m0", (string?)table.Json["rows"]![0]!["cells"]![0]);
        var partial = await server.SendAsync(
            "GET", "/api/v1/namespaces/default/configmaps", accept: "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io");
        Assert.Equal("PartialObjectMetadataList", (string?)partial.Json["kind"]);
        Assert.Null(partial.Json["items"]![0]!["data"]);
        Assert.Equal(406, (await server.SendAsync("GET", "/api/v1/configmaps", accept: "image/png")).Code);
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v1beta1")]
    public async Task Read_PartialMetadata_IsOfTheVersionAskedFor(string version)
    {
        await using var server = await StartAsync();
        await server.Client.CreateAsync(New("m"), default);
        var (maps, suffix) = ("/api/v1/namespaces/default/configmaps", $"g=meta.k8s.io;v={version}");
        var one = await server.SendAsync("GET", $"{maps}/m", accept: $"application/json;as=PartialObjectMetadata;{suffix}");
        Assert.Equal(($"meta.k8s.io/{version}", "m"), ((string?)one.Json["apiVersion"], (string?)one.Json["metadata"]!["name"]));
        var list = (await server.SendAsync("GET", maps, accept: $"application/json;as=PartialObjectMetadataList;{suffix}")).Json;
        Assert.Equal(($"meta.k8s.io/{version}", $"meta.k8s.io/{version}"), ((string?)list["apiVersion"], (string?)list["items"]![0]!["apiVersion"]));
        var line = Assert.Single(await server.WatchAsync($"{maps}?watch=1&resourceVersion=0", $"application/json;as=PartialObjectMetadata;{suffix}", 1));
        Assert.Equal($"meta.k8s.io/{version}", (string?)JsonNode.Parse(line)!["object"]!["apiVersion"]);
        foreach (var path in (string[])[$"{maps}/m", maps])
        {
            var proto = await server.SendAsync("GET", path, accept: $"application/vnd.kubernetes.protobuf;as=PartialObjectMetadata{(path == maps ? "List" : "")};{suffix}");
            // k8s\0, then Unknown.typeMeta with the apiVersion.
            Assert.Equal($"meta.k8s.io/{version}", Encoding.UTF8.GetString(proto.Bytes.AsSpan(8, proto.Bytes[7])));
        }
    }

    [Fact]
    public async Task Watch_FromList_SeesEveryChange()
    {
        await using var server = await StartAsync();
        var maps = server.Client.Of<ConfigMap>();
        var list = await maps.ListAsync("default", default);
        using var stop = new CancellationTokenSource();
        var changed = (await maps.CreateAsync(New("a"), default)).DeepClone();
        changed.Data = new() { ["k"] = "2" };
        await maps.UpdateAsync(changed, default);
        await maps.DeleteAsync("default", "a", null, default);
        var seen = new List<WatchEventType>();
        await foreach (var e in maps.WatchAsync("default", new ListOptions { ResourceVersion = list.ResourceVersion }, stop.Token))
        {
            seen.Add(e.Type);
            if (seen.Count == 3)
            {
                break;
            }
        }
        Assert.Equal([WatchEventType.Added, WatchEventType.Modified, WatchEventType.Deleted], seen);
    }

    [Fact]
    public async Task Watch_SendInitialEvents_MarksTheirEnd()
    {
        await using var server = await StartAsync();
        await AddAsync(server, 2);
        var options = new ListOptions
        {
            SendInitialEvents = true,
            AllowWatchBookmarks = true,
            ResourceVersionMatch = "NotOlderThan",
        };
        var seen = new List<(WatchEventType Type, ConfigMap Map)>();
        await foreach (var e in server.Client.Of<ConfigMap>().WatchAsync("default", options, default))
        {
            seen.Add((e.Type, e.Object));
            if (e.Type == WatchEventType.Bookmark)
            {
                break;
            }
        }
        Assert.Equal(3, seen.Count);
        Assert.Equal("true", seen[^1].Map.Metadata.Annotations!["k8s.io/initial-events-end"]);
    }

    [Fact]
    public async Task Watch_FutureVersion_IsTooLarge()
    {
        await using var server = await StartAsync();
        var answer = await server.SendAsync("GET", "/api/v1/configmaps?resourceVersion=99999999&resourceVersionMatch=NotOlderThan");
        Assert.Equal(504, answer.Code);
        Assert.StartsWith("Timeout: Too large resource version: 99999999, current: ", answer.Message, StringComparison.Ordinal);
    }

    private static async Task AddAsync(TestServer server, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await server.Client.Of<ConfigMap>().CreateAsync(New($"m{i}"), default);
        }
    }

    private static ConfigMap New(string name) => new() { Metadata = new() { Name = name, Namespace = "default" }, Data = new() { ["k"] = "v" } };
}
