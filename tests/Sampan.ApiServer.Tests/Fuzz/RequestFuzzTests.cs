using System.Text;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Fuzz;

/// <summary>Bad requests through the whole pipeline: each gets an answer that blames the request, and the next one is served.</summary>
public sealed class RequestFuzzTests
{
    private const string Map = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","labels":{"k":"v"}},"data":{"k":"v"}}""";
    private const string Pod =
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","annotations":{"a":"b"},"finalizers":["example.com/f"]},"spec":{"containers":[{"name":"c",
        "image":"i","ports":[{"containerPort":80,"protocol":"TCP"}],"env":[{"name":"E","value":"1"}],"resources":{"limits":{"cpu":"100m"}},
        "livenessProbe":{"httpGet":{"port":80}}}],"volumes":[{"name":"v","emptyDir":{"sizeLimit":"1Gi"}}],"tolerations":[{"operator":"Exists"}]}}
        """;

    private static readonly string[] Targets =
    [
        "/api/v1/namespaces/default/configmaps", "/api/v1/namespaces/default/configmaps/a", "/api/v1/namespaces/default/pods/p/status",
        "/api/v1/namespaces/default/pods", "/apis/apps/v1/namespaces/default/deployments/d/scale", "/api/v1/watch/namespaces/default/configmaps/a",
        "/apis/autoscaling/v1/horizontalpodautoscalers", "/api/v1/namespaces/default/pods/p/eviction", "/api/v1/namespaces/default/finalize", "/api",
        "/openapi/v2", "/openapi/v3", "/apis/apps/v1",
    ];

    private static readonly string[] Queries =
    [
        "limit=2", "continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6NSwic3RhcnQiOiJhXHUwMDAwIn0", "resourceVersion=1&resourceVersionMatch=Exact",
        "labelSelector=a%20in%20(b,c),!d,e!%3Df", "fieldSelector=metadata.name%3Da,metadata.namespace!%3Db", "dryRun=All&fieldValidation=Strict",
        "fieldManager=m&force=true", "timeoutSeconds=0&timeout=1s", "gracePeriodSeconds=5&propagationPolicy=Foreground", "pretty=1&includeObject=Object", "",
    ];

    private static readonly string[] Accepts =
    [
        "application/json", "application/yaml", "application/vnd.kubernetes.protobuf", "application/json;as=Table;v=v1;g=meta.k8s.io",
        "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io;q=0.5,*/*;q=0.1", "",
    ];

    private static readonly (string Type, byte[] Body)[] Bodies =
    [
        ("application/json", Encoding.UTF8.GetBytes(Map)), ("application/json", Encoding.UTF8.GetBytes(Pod)),
        ("application/yaml", "metadata: &m\n  name: a\ndata:\n  k: |\n    text\n  l: \"x\"\nother: *m\n"u8.ToArray()),
        ("application/vnd.kubernetes.protobuf", ProtoCodec.Encode(JsonCodec.Decode<ConfigMap>(Encoding.UTF8.GetBytes(Map)))),
        ("application/vnd.kubernetes.protobuf", ProtoCodec.Encode(JsonCodec.Decode<Pod>(Encoding.UTF8.GetBytes(Pod)))),
        ("application/json-patch+json", """[{"op":"test","path":"/data/k","value":"v"},{"op":"copy","from":"/data","path":"/metadata/annotations"}]"""u8.ToArray()),
        ("application/merge-patch+json", """{"metadata":{"labels":{"k":null,"x":"y"}},"data":{"n":"1"}}"""u8.ToArray()),
        ("application/strategic-merge-patch+json",
            """{"spec":{"containers":[{"name":"c","$patch":"delete"}],"$setElementOrder/containers":[{"name":"c"}],"$retainKeys":["containers"]}}"""u8.ToArray()),
        ("application/apply-patch+yaml", Encoding.UTF8.GetBytes(Map)),
        ("application/json", """{"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"u"},"gracePeriodSeconds":1}"""u8.ToArray()),
        ("application/json; charset=utf-8", """{"metadata":{"name":"a","managedFields":[{"manager":"m","operation":"Apply","apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{"f:data":{"k:{\"a\":1}":{}}}}]}}"""u8.ToArray()),
    ];

    /// <summary>SAMPAN_FUZZ_SEEDS asks for more than the few of every run.</summary>
    public static TheoryData<int> Seeds =>
        [.. Enumerable.Range(1, int.TryParse(Environment.GetEnvironmentVariable("SAMPAN_FUZZ_SEEDS"), out var count) ? count : 4)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Send_BadRequests_AreEachAnswered(int seed)
    {
        await using var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        await server.SendAsync("POST", Targets[0], Map);
        await server.SendAsync("POST", Targets[3], Pod);
        var mutator = new Mutator(seed);
        for (var i = 0; i < 400; i++)
        {
            await SendAsync(server, mutator);
        }
        Assert.Equal(200, (await server.SendAsync("GET", "/readyz")).Code);
    }

    private static async Task SendAsync(TestServer server, Mutator mutator)
    {
        var target = mutator.Next(4) == 0 ? "/" + mutator.Change(mutator.Pick(Targets)[1..]) : mutator.Pick(Targets);
        var query = mutator.Next(2) == 0 ? mutator.Change(mutator.Pick(Queries)) : mutator.Pick(Queries);
        var accept = mutator.Next(4) == 0 ? mutator.Change(mutator.Pick(Accepts)) : mutator.Pick(Accepts);
        var method = mutator.Pick((string[])["GET", "POST", "PUT", "PATCH", "PATCH", "DELETE", "HEAD", "OPTIONS"]);
        var (type, good) = mutator.Pick(Bodies);
        var body = method is "GET" or "HEAD" ? null : mutator.Change(good);
        // A watch lasts; its rules are tested elsewhere.
        var full = $"{target.Replace('?', '-').Replace('#', '-')}?{(IsWatch(target, query) ? "timeoutSeconds=-1&" : "")}{query.Replace('#', '-')}";
        var answer = await server.SendAsync(method, full, body, type, accept);
        Assert.True(IsBlame(answer), $"{method} {full} {type} {accept}\n{Convert.ToBase64String(body ?? [])}\n{answer.Code} {answer.Text}");
        if (answer.Code is 200 or 201 && answer.Bytes.Length > 0 && answer.Headers.ContentType == "application/json" && !IsWatch(target, query))
        {
            Assert.NotNull(JsonTree.Parse(answer.Bytes));
        }
    }

    private static bool IsWatch(string target, string query) => target.Contains("watch", StringComparison.Ordinal) || query.Contains("watch", StringComparison.Ordinal);

    /// <summary>500 is upstream's answer to one thing only: an apply that does not fit the schema.</summary>
    private static bool IsBlame(RawAnswer answer) => answer.Code < 500 || answer.Code == 504
        || answer.Text.Contains("failed to create typed patch object", StringComparison.Ordinal);
}
