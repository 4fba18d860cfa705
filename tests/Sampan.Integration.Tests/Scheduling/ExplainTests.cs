using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Authentication.V1;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Scheduler.Explain;
using Sampan.Scheduler.Framework;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Scheduling;

public sealed class ExplainTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Explain_PodThatFitsNowhere_SaysWhatWouldHaveToChangeOnEachNode()
    {
        await using var cluster = await TestCluster.StartAsync(new() { Nodes = 0, SimulatedNodes = 3 }, Ct);
        await PatchAsync(cluster, "simulated-0", new JsonObject { ["spec"] = new JsonObject { ["unschedulable"] = true } });
        await PatchAsync(cluster, "simulated-1", new JsonObject
        {
            ["spec"] = new JsonObject { ["taints"] = new JsonArray(new JsonObject { ["key"] = "dedicated", ["value"] = "db", ["effect"] = "NoSchedule" }) },
        });
        await cluster.Client.Of<Pod>().CreateAsync(Pod("large", "100"), Ct);

        var explanation = Assert.Single(await Explainer(cluster).ExplainAsync(new() { Pod = ("default", "large") }, Ct));

        Assert.Equal(("Unschedulable", null), (explanation.Verdict, explanation.Node));
        Assert.StartsWith("0/3 nodes are available: ", explanation.Message, StringComparison.Ordinal);
        var room = Assert.Single(explanation.Refusals, r => r.Plugin == "NodeResourcesFit");
        Assert.Equal((3, 1, "Insufficient cpu", "asks for 100 cpu, the whole node has 32 cpu: ask for less, or add larger nodes"), (room.Count, room.OnlyReason, room.Reason, room.Change));
        Assert.Contains("kubectl uncordon simulated-0", Changes(explanation, "simulated-0"));
        Assert.Contains(Changes(explanation, "simulated-1"), change => change.StartsWith("tolerate dedicated=db:NoSchedule", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Explain_Manifest_PlacesEachPodOfItAndCreatesNone()
    {
        await using var cluster = await TestCluster.StartAsync(new() { Nodes = 0, SimulatedNodes = 2 }, Ct);
        var manifests = YamlTree.ParseAll("""
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 5
              template:
                spec:
                  containers: [{name: main, image: "web:1", resources: {requests: {cpu: "16"}}}]
            """);
        var pods = await ManifestPods.ReadAsync(cluster.Client, manifests, "default", Ct);

        var explanations = await Explainer(cluster).ExplainAsync(new() { Manifests = pods }, Ct);

        Assert.Equal(["Fits", "Fits", "Fits", "Fits", "Unschedulable"], explanations.Select(e => e.Verdict));
        Assert.Equal([2, 2], explanations.Where(e => e.Node is not null).GroupBy(e => e.Node).Select(g => g.Count()));
        Assert.Empty((await cluster.Client.Of<Pod>().ListAsync("default", Ct)).Items);
    }

    [Fact]
    public async Task Explain_WithoutANode_SaysWhereItsPodsWouldGo()
    {
        await using var cluster = await TestCluster.StartAsync(new() { Nodes = 0, SimulatedNodes = 2 }, Ct);
        await cluster.Client.Of<Pod>().CreateAsync(Pod("web", "1"), Ct);
        var running = await cluster.WaitAsync<Pod>("default", "web", p => p?.Status.Phase == "Running", Ct);
        var node = running!.Spec.NodeName!;

        var explanation = Assert.Single(await Explainer(cluster).ExplainAsync(new() { WithoutNodes = [node] }, Ct));

        Assert.Equal(("web", "Fits", node == "simulated-0" ? "simulated-1" : "simulated-0"), (explanation.Name, explanation.Verdict, explanation.Node));
        Assert.Equal(node, (await cluster.Client.Of<Pod>().GetAsync("default", "web", Ct)).Spec.NodeName);
    }

    [Theory]
    [InlineData("""{"name": "absent"}""", 404, "NotFound")]
    [InlineData("""{"namespace": "default"}""", 400, "name a pod")]
    [InlineData("""{"manifests": [{"kind": "Service"}]}""", 400, "a Service has no pods to place")]
    [InlineData("""{"manifests": [{"kind": "Pod", "metadata": {"name": "web"}, "spec": {"containers": [{"name": "main", "image": "web:1"}]}}]}""", 200, "\"verdict\":\"Fits\",\"node\":\"simulated-0\"")]
    public async Task Endpoint_Request_IsAnsweredAsTheApiServerWould(string body, int code, string part)
    {
        await using var cluster = await TestCluster.StartAsync(new() { Nodes = 0, SimulatedNodes = 1 }, Ct);
        var http = new DefaultHttpContext { Request = { Method = "POST", Body = new MemoryStream(Encoding.UTF8.GetBytes(body)) }, Response = { Body = new MemoryStream() } };

        await ExplainEndpoint.HandleAsync(http, cluster.Client, profiles: null, TimeProvider.System);

        Assert.Equal(code, http.Response.StatusCode);
        Assert.Contains(part, Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApiServer_AskedOverHttps_AnswersWhoMayAsk()
    {
        await using var cluster = await TestCluster.StartAsync(new() { Nodes = 0, SimulatedNodes = 1, Listen = true }, Ct);
        var admin = Kubeconfig.Parse(cluster.Kubeconfig).ToClientConfig();
        Assert.Contains("\"verdict\":\"Fits\",\"node\":\"simulated-0\"", await AskAsync(admin), StringComparison.Ordinal);

        await cluster.WaitAsync<ServiceAccount>("default", "default", account => account is not null, Ct);
        var token = await cluster.Client.Of<ServiceAccount>().CreateSubresourceAsync<TokenRequest, TokenRequest>("default", "default", "token", new TokenRequest { Spec = new TokenRequestSpec { Audiences = [] } }, Ct);
        var refused = await Assert.ThrowsAsync<StatusException>(() => AskAsync(admin.As(token.Status.Token)));
        Assert.Equal(403, refused.Status.Code);
        Assert.Contains("User \"system:serviceaccount:default:default\" cannot post path \"/scheduling/explain\"", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(ClientConfig config)
    {
        var manifest = JsonNode.Parse("""{"kind": "Pod", "metadata": {"name": "web"}, "spec": {"containers": [{"name": "main", "image": "web:1"}]}}""");
        var request = new ApiRequest { Verb = ApiVerbs.Create, RawPath = ExplainEndpoint.Path, Content = ApiContent.Of(new JsonObject { ["manifests"] = new JsonArray(manifest) }) };
        await using var client = new ApiClient(config);
        return Encoding.UTF8.GetString((await client.Transport.SendAsync(request, Ct)).Body.Span);
    }

    private static SchedulingExplainer Explainer(TestCluster cluster) => new(cluster.Client, [Profile.Default()], TimeProvider.System);

    private static IEnumerable<string> Changes(Explanation explanation, string node) =>
        explanation.Nodes.Single(n => n.Node == node).Refusals.Select(r => r.Change);

    private static Task PatchAsync(TestCluster cluster, string node, JsonObject patch) =>
        cluster.Client.Of<Node>().PatchAsync(null, node, Patch.Merge(patch), Ct);

    private static Pod Pod(string name, string cpu) => new()
    {
        Metadata = new() { Name = name, Namespace = "default" },
        Spec = new() { Containers = [new() { Name = "main", Image = "app:1", Resources = new() { Requests = new() { ["cpu"] = Quantity.Parse(cpu) } } }] },
    };
}
