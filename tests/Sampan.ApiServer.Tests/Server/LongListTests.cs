using System.Text.Json.Nodes;
using Sampan.Api;

namespace Sampan.ApiServer.Tests.Server;

/// <summary>
/// Objects with as many elements as a request can carry. What they cost grows with their length, not with its square, and what is told
/// of them is little: a server that does otherwise is busy with one of these for minutes.
/// </summary>
public sealed class LongListTests
{
    private const string Pods = "/api/v1/namespaces/default/pods";

    /// <summary>What there is much of, the answer's code, the path, the object with ITEMS in the place of its elements, one of them, and how many.</summary>
    public static TheoryData<string, int, string, string, string, int> Objects => new()
    {
        { "claims", 422, Pods, """{"metadata":{"name":"x"},"spec":{"resourceClaims":[{"name":"a","resourceClaimName":"a"}],"containers":[{"name":"c","image":"i","resources":{"claims":[ITEMS]}}]}}""", """{"name":"a%"}""", 60_000 },
        { "mounts", 422, Pods, """{"metadata":{"name":"x"},"spec":{"containers":[{"name":"c","image":"i","volumeMounts":[ITEMS],"volumeDevices":[ITEMS]}]}}""", """{"name":"a%"}""", 30_000 },
        { "keys", 422, Pods, """{"metadata":{"name":"x"},"spec":{"containers":[{"name":"c","image":"i"}],"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"k","whenUnsatisfiable":"x","labelSelector":{},"matchLabelKeys":[ITEMS]}]}}""", "\"a%\"", 60_000 },
        { "constraints", 422, Pods, """{"metadata":{"name":"x"},"spec":{"containers":[{"name":"c","image":"i"}],"topologySpreadConstraints":[ITEMS]}}""", """{"topologyKey":"a%"}""", 40_000 },
        { "files", 201, Pods, """{"metadata":{"name":"x"},"spec":{"containers":[{"name":"c","image":"i"}],"volumes":[{"name":"v","configMap":{"name":"m","items":[ITEMS]}}]}}""", """{"key":"a","path":"a%"}""", 40_000 },
        { "same files", 201, Pods, """{"metadata":{"name":"x"},"spec":{"containers":[{"name":"c","image":"i"}],"volumes":[{"name":"v","configMap":{"name":"m","items":[ITEMS]}}]}}""", """{"key":"a","path":"a"}""", 40_000 },
        { "ports", 201, Pods, """{"metadata":{"name":"x"},"spec":{"containers":[{"name":"c","image":"i","ports":[ITEMS]}]}}""", """{"containerPort":1}""", 10_000 },
        { "tolerations", 201, "/apis/node.k8s.io/v1/runtimeclasses", """{"metadata":{"name":"x"},"handler":"h","scheduling":{"tolerations":[ITEMS]}}""", """{"key":"a%","operator":"Exists"}""", 30_000 },
        { "names", 201, "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings", """{"metadata":{"name":"x"},"spec":{"policyName":"p","validationActions":["Deny"],"matchResources":{"resourceRules":[{"operations":["*"],"apiGroups":["*"],"apiVersions":["*"],"resources":["*"],"resourceNames":[ITEMS]}]}}}""", "\"a%\"", 60_000 },
        { "versions", 422, "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations", """{"metadata":{"name":"x"},"webhooks":[{"name":"a.b.c","sideEffects":"None","clientConfig":{"url":"https://a"},"admissionReviewVersions":[ITEMS]}]}""", "\"a%\"", 60_000 },
        { "topologies", 201, "/apis/storage.k8s.io/v1/storageclasses", """{"metadata":{"name":"x"},"provisioner":"p","allowedTopologies":[ITEMS]}""", """{"matchLabelExpressions":[{"key":"a%","values":["b"]}]}""", 20_000 },
        { "rules", 201, "/apis/rbac.authorization.k8s.io/v1/clusterroles", """{"metadata":{"name":"x"},"rules":[ITEMS]}""", """{"apiGroups":["a%"],"resources":["b"],"verbs":["get"]}""", 20_000 },
        { "subjects", 201, "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", """{"metadata":{"name":"x"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"c"},"subjects":[ITEMS]}""", """{"kind":"User","name":"a%"}""", 15_000 },
        { "metrics", 422, "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers", """{"metadata":{"name":"x"},"spec":{"maxReplicas":1,"scaleTargetRef":{"kind":"a","name":"b"},"metrics":[ITEMS]}}""", """{"type":"Resource","resource":{"name":"a%"}}""", 30_000 },
        { "device requests", 422, "/apis/resource.k8s.io/v1/namespaces/default/resourceclaims", """{"metadata":{"name":"x"},"spec":{"devices":{"requests":[ITEMS],"constraints":[{"requests":["a1"],"matchAttribute":"a/b"}]}}}""", """{"name":"a%","exactly":{"deviceClassName":"c"}}""", 30_000 },
        { "devices", 422, "/apis/resource.k8s.io/v1/resourceslices", """{"metadata":{"name":"x"},"spec":{"driver":"d","nodeName":"n","pool":{"name":"p","resourceSliceCount":1},"devices":[ITEMS]}}""", """{"name":"a%"}""", 60_000 },
        { "flow rules", 422, "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas", """{"metadata":{"name":"x"},"spec":{"priorityLevelConfiguration":{"name":"p"},"rules":[{"subjects":[ITEMS],"resourceRules":[]}]}}""", """{"kind":"User","user":{"name":"a%"}}""", 40_000 },
        { "endpoints", 422, "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", """{"metadata":{"name":"x"},"addressType":"IPv4","endpoints":[ITEMS]}""", """{"addresses":["a%"]}""", 60_000 },
        { "usages", 422, "/apis/certificates.k8s.io/v1/certificatesigningrequests", """{"metadata":{"name":"x"},"spec":{"request":"YQ==","signerName":"a.b/c","usages":[ITEMS]}}""", "\"a%\"", 60_000 },
        { "service ports", 422, "/api/v1/namespaces/default/services", """{"metadata":{"name":"x"},"spec":{"ports":[ITEMS]}}""", """{"name":"a%","port":80}""", 40_000 },
        { "taints", 422, "/api/v1/nodes", """{"metadata":{"name":"x"},"spec":{"taints":[ITEMS]}}""", """{"key":"a%","effect":"x"}""", 40_000 },
        { "hard limits", 422, "/api/v1/namespaces/default/resourcequotas", """{"metadata":{"name":"x"},"spec":{"hard":{ITEMS}}}""", "\"a%\":\"1\"", 60_000 },
        { "labels", 201, "/api/v1/namespaces/default/secrets", """{"metadata":{"name":"x","labels":{ITEMS}}}""", "\"a%\":\"v\"", 60_000 },
        { "budget expressions", 422, "/apis/policy/v1/namespaces/default/poddisruptionbudgets", """{"metadata":{"name":"x"},"spec":{"selector":{"matchExpressions":[ITEMS]}}}""", """{"key":"a%","operator":"x"}""", 40_000 },
        { "unknown fields", 201, "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"x"},ITEMS}""", "\"a%\":1", 60_000 },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public async Task Create_ManyElements_TellsLittleOfThem(string what, int code, string path, string obj, string item, int count)
    {
        Assert.NotEmpty(what);
        await using var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        var items = string.Join(',', Enumerable.Range(0, count).Select(i => item.Replace("%", $"{i}", StringComparison.Ordinal)));

        var answer = await server.SendAsync("POST", path, obj.Replace("ITEMS", items, StringComparison.Ordinal));
        Assert.True(code == answer.Code, answer.Text[..Math.Min(answer.Text.Length, 2000)]);
        Assert.InRange(answer.Headers["Warning"].Sum(warning => warning!.Length), 0, 8 * 1024);
        Assert.InRange(answer.Headers["Warning"].Count, 0, 600);
        if (code == 422)
        {
            Assert.InRange(answer.Json["details"]!["causes"]!.AsArray().Count, 1, FieldErrors.MaxKept);
        }
    }

    /// <summary>Each way to change an object costs the length of it, too.</summary>
    [Theory]
    [InlineData("PUT", "application/json")]
    [InlineData("PUT", "application/yaml")]
    [InlineData("PATCH", "application/merge-patch+json")]
    [InlineData("PATCH", "application/strategic-merge-patch+json")]
    [InlineData("PATCH", "application/apply-patch+yaml")]
    public async Task Change_ManyElements_IsWhole(string method, string type)
    {
        const int many = 20_000;
        const string path = "/api/v1/namespaces/default/endpoints/x";
        await using var server = await TestServer.StartAsync();
        Assert.Equal(201, (await server.SendAsync("POST", "/api/v1/namespaces/default/endpoints", Endpoints("old", 10, 2))).Code);

        var answer = await server.SendAsync(method, path + (type.Contains("apply", StringComparison.Ordinal) ? "?fieldManager=m&force=true" : ""), Endpoints("new", many, many), type);
        Assert.True(answer.Code == 200, answer.Text[..Math.Min(answer.Text.Length, 500)]);
        Assert.Equal(many, answer.Json["subsets"]![0]!["addresses"]!.AsArray().Count);
        Assert.InRange(answer.Json["metadata"]!["labels"]!.AsObject().Count, many, many + 2);
    }

    [Theory]
    [InlineData("POST", "application/json", """{"a":""")]
    [InlineData("POST", "application/yaml", "a: {a: ")]
    [InlineData("PUT", "application/yaml", "[[[[")]
    [InlineData("PATCH", "application/json-patch+json", """[{"op":"add","path":"/data","value":[""")]
    [InlineData("PATCH", "application/merge-patch+json", """{"a":""")]
    [InlineData("PATCH", "application/strategic-merge-patch+json", """{"a":""")]
    [InlineData("PATCH", "application/apply-patch+yaml", "{a: ")]
    public async Task Write_NestedDeeply_IsABadRequest(string method, string type, string level)
    {
        const string configMaps = "/api/v1/namespaces/default/configmaps";
        await using var server = await TestServer.StartAsync();
        Assert.Equal(201, (await server.SendAsync("POST", configMaps, """{"metadata":{"name":"x"}}""")).Code);
        var body = string.Concat(Enumerable.Repeat(level, 50_000));
        Assert.Equal(400, (await server.SendAsync(method, (method == "POST" ? configMaps : configMaps + "/x") + "?fieldManager=m", body, type)).Code);
    }

    private static string Endpoints(string prefix, int addresses, int labels) => new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Endpoints",
        ["metadata"] = new JsonObject { ["name"] = "x", ["labels"] = new JsonObject(Enumerable.Range(0, labels).Select(i => KeyValuePair.Create($"{prefix}{i}", (JsonNode?)"v"))) },
        ["subsets"] = new JsonArray(new JsonObject
        {
            ["addresses"] = new JsonArray([.. Enumerable.Range(0, addresses).Select(i => new JsonObject { ["ip"] = $"10.1.{i / 256}.{i % 256}" })]),
        }),
    }.ToJsonString();

    /// <summary>The refusal shows what changed; of long texts it does not seek the least.</summary>
    [Fact]
    public async Task Update_ManyChanges_ShowsThemAsOne()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        var pod = new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "x" },
            ["spec"] = new JsonObject
            {
                ["containers"] = new JsonArray(new JsonObject { ["name"] = "c", ["image"] = "i", ["args"] = Arguments(i => $"same-{i}", i => $"old-{i}") }),
            },
        };
        Assert.Equal(201, (await server.SendAsync("POST", Pods, pod.ToJsonString())).Code);

        var present = (await server.SendAsync("GET", Pods + "/x")).Json;
        present["spec"]!["containers"]![0]!["args"] = Arguments(i => $"same-{i}", i => $"new-{i}");
        var answer = await server.SendAsync("PUT", Pods + "/x", present.ToJsonString());
        Assert.Equal(422, answer.Code);
        Assert.Matches("^Pod \"x\" is invalid: spec: Forbidden: pod updates may not change fields other than [^@]+@@ [^@]+ @@", answer.Message);
        Assert.Contains("\"old-0\",", answer.Message, StringComparison.Ordinal);
        Assert.Contains("\"new-19999\"", answer.Message, StringComparison.Ordinal);
    }

    private static JsonArray Arguments(params Func<int, string>[] each) =>
        [.. Enumerable.Range(0, 20_000).SelectMany(i => each.Select(text => (JsonNode)text(i)))];
}
