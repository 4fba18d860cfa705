using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using static Sampan.ApiServer.Tests.Server.TestServer;

namespace Sampan.ApiServer.Tests.Server;

/// <summary>Answers of more than 128 KiB, and what the server does about inputs that are too large.</summary>
public sealed class LargeAnswerTests
{
    private const string Maps = "/api/v1/namespaces/default/configmaps";

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json;as=Table;v=v1;g=meta.k8s.io")]
    [InlineData("application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io")]
    public async Task List_Long_IsCompressedForThoseWhoTakeIt(string accept)
    {
        await using var server = await StartAsync();
        await AddAsync(server, 5);
        var plain = await server.SendAsync("GET", Maps, null, "", accept);
        Assert.Equal("", plain.Headers.ContentEncoding.ToString());
        Assert.Null(plain.Headers.ContentLength);
        var zipped = await server.SendAsync("GET", Maps, null, "", accept, "deflate, gzip");
        Assert.Equal(("gzip", "Accept-Encoding"), (zipped.Headers.ContentEncoding.ToString(), zipped.Headers.Vary.ToString()));
        using var unzip = new GZipStream(new MemoryStream(zipped.Bytes), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        await unzip.CopyToAsync(whole);
        Assert.Equal(Without(plain.Bytes), Without(whole.ToArray()));
    }

    [Fact]
    public async Task List_Short_HasItsLength()
    {
        await using var server = await StartAsync();
        await AddAsync(server, 1);
        var answer = await server.SendAsync("GET", Maps, null, "", null, "gzip");
        Assert.Equal("", answer.Headers.ContentEncoding.ToString());
        Assert.Equal(answer.Bytes.Length, answer.Headers.ContentLength);
    }

    [Theory]
    [InlineData("application/yaml")]
    [InlineData("application/yaml;as=Table;v=v1;g=meta.k8s.io")]
    public async Task List_Yaml_IsTheSameAsJson(string accept)
    {
        await using var server = await StartAsync();
        await AddAsync(server, 2);
        var yaml = await server.SendAsync("GET", Maps, accept: accept);
        var json = await server.SendAsync("GET", Maps, accept: accept.Replace("yaml", "json", StringComparison.Ordinal));
        Assert.Equal(Without(json.Bytes), Without(JsonTree.Encode(YamlTree.Parse(yaml.Text))));
    }

    [Fact]
    public async Task List_Protobuf_HoldsEveryObject()
    {
        await using var server = await StartAsync();
        await AddAsync(server, 3);
        var answer = await server.SendAsync("GET", Maps, accept: "application/vnd.kubernetes.protobuf");
        var items = 0;
        var reader = new ProtoReader(ProtoEnvelope.Read(answer.Bytes).Raw);
        while (reader.ReadField() is var field and not 0)
        {
            items += field == 2 ? 1 : 0;
            reader.Skip();
        }
        Assert.Equal(3, items);
    }

    [Fact]
    public async Task Create_TooLarge_IsRefused()
    {
        await using var server = await StartAsync();
        var body = new byte[(3 * 1024 * 1024) + 1];
        Array.Fill(body, (byte)' ');
        var answer = await server.SendAsync("POST", Maps, body, "application/json");
        Assert.Equal((413, "RequestEntityTooLarge"), (answer.Code, answer.Reason));
        Assert.Equal("Request entity too large: limit is 3145728", answer.Message);
    }

    [Theory]
    [InlineData("application/json", "[")]
    [InlineData("application/json", "{\"metadata\":")]
    [InlineData("application/yaml", "- ")]
    [InlineData("application/yaml", "{a: ")]
    public async Task Create_NestedDeeply_IsRefused(string type, string level)
    {
        await using var server = await StartAsync();
        var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(level, 200_000)));
        Assert.Equal(400, (await server.SendAsync("POST", Maps, body, type)).Code);
    }

    [Fact]
    public async Task Create_Compressed_IsNoJson()
    {
        await using var server = await StartAsync();
        using var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(new byte[50_000_000]);
        }
        var answer = await server.SendAsync("POST", Maps, bomb.ToArray(), "application/json");
        Assert.Equal(400, answer.Code);
        Assert.Contains(@"invalid character '\x1f' looking for beginning of value", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ContinueAfterCompaction_IsExpiredWithATokenToGoOn()
    {
        await using var server = await StartAsync();
        await AddAsync(server, 3);
        var first = await server.SendAsync("GET", Maps + "?limit=1");
        var token = (string)first.Json["metadata"]!["continue"]!;
        // More changes than are remembered in memory, then the store forgets as well.
        for (var i = 0; i < 4200; i++)
        {
            await server.Client.Of<ConfigMap>().CreateAsync(new ConfigMap { Metadata = new() { GenerateName = "n", Namespace = "kube-public" } }, default);
        }
        await server.Store.CompactAsync(await server.Store.CurrentRevisionAsync(default), default);
        var gone = await server.SendAsync("GET", $"{Maps}?limit=1&continue={token}");
        Assert.Equal((410, "Expired"), (gone.Code, gone.Reason));
        Assert.StartsWith("The provided continue parameter is too old to display a consistent list result.", gone.Message, StringComparison.Ordinal);
        var rest = await server.SendAsync("GET", $"{Maps}?continue={(string)gone.Json["metadata"]!["continue"]!}");
        Assert.Equal(["m1", "m2"], rest.Json["items"]!.AsArray().Select(item => (string?)item!["metadata"]!["name"]));
        var version = (string)first.Json["metadata"]!["resourceVersion"]!;
        var exact = await server.SendAsync("GET", $"{Maps}?resourceVersion={version}&resourceVersionMatch=Exact");
        Assert.Equal((410, "The resourceVersion for the provided list is too old."), (exact.Code, exact.Message));
        var watch = await server.WatchAsync($"{Maps}?watch=1&resourceVersion={version}", null, 1);
        Assert.StartsWith("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\"", Assert.Single(watch), StringComparison.Ordinal);
        Assert.Contains("too old resource version: " + version, watch[0], StringComparison.Ordinal);
    }

    private static async Task AddAsync(TestServer server, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var map = new ConfigMap { Metadata = new() { Name = $"m{i}", Namespace = "default" }, Data = new() { ["k"] = new string('v', 40_000) } };
            map.Metadata.Annotations = new() { ["a"] = new string('a', 40_000) };
            await server.Client.Of<ConfigMap>().CreateAsync(map, default);
        }
    }

    /// <summary>The tree without what differs between two answers: ages, and the version of the list.</summary>
    private static string Without(byte[] json)
    {
        var tree = JsonTree.ParseObject(json);
        tree.Remove("metadata");
        foreach (var row in tree["rows"] as JsonArray ?? [])
        {
            row!["cells"] = null;
        }
        return Encoding.UTF8.GetString(JsonTree.Encode(Sorted(tree)));
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
