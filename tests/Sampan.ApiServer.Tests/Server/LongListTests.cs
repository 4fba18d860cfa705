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
