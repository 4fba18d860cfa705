using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Lifecycle;

/// <summary>
/// What every stored object goes through: it is created, read in all forms, listed, patched in each way, replaced, watched, deleted,
/// made again and deleted with its collection.
/// </summary>
internal static class ObjectLife
{
    private const string Table = "application/json;as=Table;g=meta.k8s.io;v=v1";
    private const string Metadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    private const string MetadataList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    private const string Protobuf = "application/vnd.kubernetes.protobuf";
    private const string Yaml = "application/yaml";
    private const string Json = "application/json";
    private const string AtOnce = """{"apiVersion":"v1","kind":"DeleteOptions","gracePeriodSeconds":0}""";

    public static async Task RunAsync(TestServer server, JsonObject obj)
    {
        var kind = KindOf(obj);
        var (collection, name) = (Collection(kind), (string)obj["metadata"]!["name"]!);
        var path = $"{collection}/{name}";

        await IsDiscoveredAsync(server, kind);
        var version = await CreateAsync(server, obj, collection);
        await BesideOthersAsync(server, path, () => ReadInAllFormsAsync(server, kind, path));
        await ListAsync(server, kind, collection, name);
        await BesideOthersAsync(server, path, () => PatchAsync(server, kind, obj, path));
        await WatchAsync(server, collection, name);
        await DeleteAsync(server, path);
        if (kind.Verbs.Contains("deletecollection"))
        {
            await ReleaseAsync(server, path);
            await DeleteCollectionAsync(server, obj, collection, path);
            await WatchWholeLifeAsync(server, collection, name, version);
        }
    }

    private static async Task IsDiscoveredAsync(TestServer server, KindInfo kind)
    {
        if (kind.Group.Length > 0)
        {
            var groups = Expect(200, await server.SendAsync("GET", "/apis")).Json["groups"]!.AsArray();
            var group = Assert.Single(groups, one => (string?)one!["name"] == kind.Group)!;
            Assert.Contains(group["versions"]!.AsArray(), version => (string?)version!["groupVersion"] == kind.ApiVersion);
            var versions = Expect(200, await server.SendAsync("GET", $"/apis/{kind.Group}")).Json["versions"]!.AsArray();
            Assert.Contains(versions, version => (string?)version!["version"] == kind.Version);
        }
        var resources = Expect(200, await server.SendAsync("GET", Root(kind))).Json["resources"]!.AsArray();
        Assert.Contains(resources, resource => (string?)resource!["name"] == kind.Plural && (string?)resource["kind"] == kind.Kind);
    }

    /// <summary>The server itself writes conditions of some kinds: what such a write came between is done again.</summary>
    private static async Task BesideOthersAsync(TestServer server, string path, Func<Task> steps)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = await VersionAsync(server, path);
            var failure = await Record.ExceptionAsync(steps);
            if (failure is null)
            {
                return;
            }
            if (attempt == 10 || await VersionAsync(server, path) == before)
            {
                ExceptionDispatchInfo.Throw(failure);
            }
        }
    }

    private static async Task<string?> VersionAsync(TestServer server, string path) =>
        (string?)Expect(200, await server.SendAsync("GET", path)).Json["metadata"]!["resourceVersion"];

    private static async Task<string> CreateAsync(TestServer server, JsonObject obj, string collection)
    {
        var text = YamlTree.Format(obj);
        Expect(201, await server.SendAsync("POST", $"{collection}?dryRun=All&fieldValidation=Strict", text, Yaml));
        var created = Expect(201, await server.SendAsync("POST", $"{collection}?fieldValidation=Strict", text, Yaml, Json));
        Assert.Equal(409, (await server.SendAsync("POST", collection, text, Yaml)).Code);
        return (string)created.Json["metadata"]!["resourceVersion"]!;
    }

    private static async Task ReadInAllFormsAsync(TestServer server, KindInfo kind, string path)
    {
        var json = Expect(200, await server.SendAsync("GET", path));
        var decoded = JsonCodec.Decode(kind, json.Bytes);
        var yaml = Expect(200, await server.SendAsync("GET", path, accept: Yaml));
        Assert.True(kind.AreEqual(decoded, YamlCodec.Decode(kind, yaml.Bytes)), "YAML says something else than JSON");
        var proto = Expect(200, await server.SendAsync("GET", path, accept: Protobuf));
        Assert.True(kind.AreEqual(decoded, ProtoCodec.Decode(proto.Bytes)), "protobuf says something else than JSON");
        var table = Expect(200, await server.SendAsync("GET", path, accept: Table)).Json;
        Assert.Single(table["rows"]!.AsArray());
        Assert.Equal(table["columnDefinitions"]!.AsArray().Count, table["rows"]![0]!["cells"]!.AsArray().Count);
        var partial = Expect(200, await server.SendAsync("GET", path, accept: Metadata)).Json;
        Assert.Equal("PartialObjectMetadata", (string?)partial["kind"]);
        Assert.True(JsonNode.DeepEquals(json.Json["metadata"], partial["metadata"]), "the metadata alone says something else");
    }

    private static async Task ListAsync(TestServer server, KindInfo kind, string collection, string name)
    {
        var target = $"{collection}?fieldSelector=metadata.name%3D{Uri.EscapeDataString(name)}";
        var list = Expect(200, await server.SendAsync("GET", target)).Json;
        Assert.Equal(kind.ListKind, (string?)list["kind"]);
        Assert.Equal(name, (string?)Assert.Single(list["items"]!.AsArray())!["metadata"]!["name"]);
        Assert.Single(Expect(200, await server.SendAsync("GET", target, accept: Table)).Json["rows"]!.AsArray());
        Assert.Single(Expect(200, await server.SendAsync("GET", target, accept: MetadataList)).Json["items"]!.AsArray());
        Assert.Contains(name, Expect(200, await server.SendAsync("GET", target, accept: Yaml)).Text, StringComparison.Ordinal);
        Assert.True(Expect(200, await server.SendAsync("GET", target, accept: Protobuf)).Bytes.AsSpan().StartsWith("k8s\0"u8));
    }

    private static async Task PatchAsync(TestServer server, KindInfo kind, JsonObject obj, string path)
    {
        await LabelAsync("merge", "application/merge-patch+json", """{"metadata":{"labels":{"merge":"yes"}}}""");
        await LabelAsync("json", "application/json-patch+json", """[{"op":"add","path":"/metadata/labels/json","value":"yes"}]""");
        await LabelAsync("strategic", "application/strategic-merge-patch+json", """{"metadata":{"labels":{"strategic":"yes"}}}""");
        var applied = new JsonObject
        {
            ["apiVersion"] = kind.ApiVersion,
            ["kind"] = kind.Kind,
            ["metadata"] = new JsonObject { ["name"] = (string?)obj["metadata"]!["name"], ["labels"] = new JsonObject { ["applied"] = "yes" } },
        };
        var answer = await LabelAsync("applied", "application/apply-patch+yaml", applied.ToJsonString(), "?fieldManager=lifecycle&force=true");
        Assert.Contains(answer.Json["metadata"]!["managedFields"]!.AsArray(), entry => (string?)entry!["manager"] == "lifecycle");
        Expect(200, await server.SendAsync("PUT", path, answer.Text));

        async Task<RawAnswer> LabelAsync(string label, string type, string patch, string query = "")
        {
            var patched = Expect(200, await server.SendAsync("PATCH", path + query, patch, type));
            Assert.Equal("yes", (string?)patched.Json["metadata"]!["labels"]![label]);
            return patched;
        }
    }

    private static async Task WatchAsync(TestServer server, string collection, string name)
    {
        var target = $"{collection}?watch=1&resourceVersion=0&fieldSelector=metadata.name%3D{Uri.EscapeDataString(name)}";
        foreach (var accept in (string?[])[null, Table, Metadata])
        {
            var line = JsonNode.Parse(Assert.Single(await server.WatchAsync(target, accept, 1)))!;
            Assert.Equal("ADDED", (string?)line["type"]);
        }
    }

    private static async Task DeleteAsync(TestServer server, string path)
    {
        Expect(200, await server.SendAsync("DELETE", path + "?dryRun=All"));
        Assert.Null(Expect(200, await server.SendAsync("GET", path)).Json["metadata"]!["deletionTimestamp"]);
        Expect(200, await server.SendAsync("DELETE", path, AtOnce));
    }

    /// <summary>It is gone, or only marked when something has to happen before: then it goes with its last finalizer.</summary>
    private static async Task ReleaseAsync(TestServer server, string path)
    {
        var left = await server.SendAsync("GET", path);
        if (left.Code == 200)
        {
            Assert.NotNull(left.Json["metadata"]!["deletionTimestamp"]);
            Expect(200, await server.SendAsync("PATCH", path, """{"metadata":{"finalizers":null}}""", "application/merge-patch+json"));
            left = await server.SendAsync("GET", path);
        }
        Assert.Equal(404, left.Code);
    }

    private static async Task DeleteCollectionAsync(TestServer server, JsonObject obj, string collection, string path)
    {
        var labelled = obj.DeepClone().AsObject();
        labelled["metadata"]!["labels"] = new JsonObject { ["life"] = "second" };
        Expect(201, await server.SendAsync("POST", collection, labelled.ToJsonString()));
        Expect(200, await server.SendAsync("DELETE", collection + "?labelSelector=life%3Dfirst", AtOnce));
        Assert.Single(await NamesAsync(server, collection));
        Expect(200, await server.SendAsync("DELETE", collection + "?labelSelector=life%3Dsecond", AtOnce));
        await ReleaseAsync(server, path);
        Assert.Empty(await NamesAsync(server, collection));
    }

    private static async Task<IEnumerable<string?>> NamesAsync(TestServer server, string collection) =>
        Expect(200, await server.SendAsync("GET", collection + "?labelSelector=life%3Dsecond")).Json["items"]!.AsArray().Select(item => (string?)item!["metadata"]!["name"]);

    /// <summary>From its creation on, a watcher sees both lives, each with its end.</summary>
    private static async Task WatchWholeLifeAsync(TestServer server, string collection, string name, string version)
    {
        var target = $"{collection}?watch=1&resourceVersion={version}&fieldSelector=metadata.name%3D{Uri.EscapeDataString(name)}";
        var bytes = await server.WatchBytesAsync(target, null, read => read.Count("\"type\":\"DELETED\""u8) == 2 && read[^1] == '\n');
        var types = Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (string?)JsonNode.Parse(line)!["type"]);
        Assert.Equal(["DELETED", "ADDED", "DELETED"], types.Where(type => type != "MODIFIED"));
    }

    private static RawAnswer Expect(int code, RawAnswer answer)
    {
        Assert.True(code == answer.Code, $"expected {code}, got {answer.Code}: {answer.Text}");
        return answer;
    }

    public static KindInfo KindOf(JsonObject obj) =>
        Kinds.Find(GroupVersionKind.FromApiVersion((string)obj["apiVersion"]!, (string)obj["kind"]!))!;

    public static string Collection(KindInfo kind) =>
        kind.Namespaced ? $"{Root(kind)}/namespaces/default/{kind.Plural}" : $"{Root(kind)}/{kind.Plural}";

    private static string Root(KindInfo kind) => kind.Group.Length == 0 ? $"/api/{kind.Version}" : $"/apis/{kind.Group}/{kind.Version}";
}
